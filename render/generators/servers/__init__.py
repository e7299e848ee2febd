"""What the generators that speak to servers share: settings, keys, patience, job notes and what goes to and fro."""
