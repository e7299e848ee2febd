"""Little servers that speak the real protocols over real sockets, with troubles on order."""
