"""The table of sets: words of a place → the name of what builds it. A new set is a file and a row. Light to import."""

import re
from dataclasses import dataclass

from characters.seen import Seen
from storyboard.screenplay import Interior


@dataclass(frozen=True)
class Row:
    """A kind of place: its words, and what builds its inside and its outside, as ``module.function`` of ``places``.

    Vague words give way to others.
    """

    kind: str
    words: tuple[str, ...]
    inside: str | None = None
    outside: str | None = None
    vague: bool = False


def _row(kind: str, words: str, inside: str | None = None, outside: str | None = None, *, vague: bool = False) -> Row:
    return Row(kind, tuple(word.strip() for word in words.split(",")), inside, outside, vague)


TABLE: tuple[Row, ...] = (
    _row("lamp room", "lamp room, lantern room, lighthouse", "lamp_room.lamp_room", "coast.cliff"),
    _row("kitchen", "kitchen, kitchenette, galley, scullery, pantry", "homes.kitchen", "streets.building"),
    _row(
        "bedroom",
        "bedroom, bed room, hotel room, motel room, guest room, nursery, dormitory, dorm room, bunkroom, motel, hostel",
        "homes.bedroom",
        "streets.building",
    ),
    _row(
        "bathroom",
        "bathroom, bath, toilet, restroom, washroom, shower, loo, lavatory, ladies' room, men's room",
        "homes.bathroom",
        "streets.building",
    ),
    _row("dining room", "dining room, dining hall, banquet, refectory", "homes.dining_room", "streets.building"),
    _row(
        "living room",
        "living room, livingroom, sitting room, lounge, parlour, parlor, drawing room, apartment, "
        "flat, den, loft, penthouse, suite",
        "homes.room",
        "streets.building",
    ),
    _row("attic", "attic, garret", "homes.attic", "streets.building"),
    _row(
        "cellar",
        "cellar, basement, dungeon, cave, crypt, bunker, vault, tunnel, sewer, prison cell, cell",
        "homes.cellar",
        "backstreets.alley",
    ),
    _row(
        "hall of a house",
        "entrance hall, entry hall, foyer, front hall, stairwell, staircase, stairs, vestibule, porch",
        "homes.hallway",
        "streets.building",
    ),
    _row("study", "study, library, archive, reading room, bookshop, bookstore", "work.study", "streets.building"),
    _row("corridor", "corridor, hallway, passage, passageway, landing", "work.corridor", "backstreets.alley"),
    _row(
        "hospital",
        "hospital, clinic, ward, surgery, infirmary, operating room, emergency room, sickbay, morgue, laboratory, lab",
        "work.hospital",
        "streets.building",
    ),
    _row(
        "school",
        "school, classroom, class room, schoolroom, lecture hall, university, college",
        "work.classroom",
        "streets.building",
    ),
    _row(
        "office",
        "office, newsroom, headquarters, police station, precinct, bank, studio, conference room, "
        "meeting room, courtroom, boardroom, interrogation room",
        "work.office",
        "streets.building",
    ),
    _row(
        "shop",
        "shop, store, boutique, supermarket, pharmacy, bakery, butcher, barber, salon, grocery, kiosk, market hall",
        "trade.shop",
        "streets.street",
    ),
    _row(
        "bar",
        "bar, pub, saloon, tavern, cafe, café, coffee shop, coffeehouse, restaurant, diner, "
        "bistro, canteen, nightclub, club, casino, inn",
        "trade.bar",
        "streets.street",
    ),
    _row(
        "workshop",
        "workshop, warehouse, garage, factory, hangar, barn, shed, stable, mill, forge, shipyard, "
        "boathouse, plant, storage, storeroom",
        "trade.workshop",
        "country.farm",
    ),
    _row(
        "church",
        "church, chapel, cathedral, nave, temple, monastery, abbey, mosque, synagogue",
        "halls.church",
        "churchyards.churchyard",
    ),
    _row(
        "stage",
        "stage, theatre, theater, auditorium, opera, concert hall, cinema, circus, backstage, "
        "dance hall, ballroom, arena, gym, gymnasium",
        "halls.stage",
        "streets.building",
    ),
    _row(
        "station",
        "station, train station, railway station, airport, terminal, waiting room, ticket hall, "
        "bus station, subway station",
        "stations.station_hall",
        "stations.platform",
    ),
    _row(
        "platform", "platform, railway, rails, train platform, subway, metro", "stations.platform", "stations.platform"
    ),
    _row(
        "gallery",
        "gallery, museum, lobby, palace, castle, mansion, town hall, court, great hall, throne room, reception",
        "halls.gallery",
        "streets.building",
    ),
    _row(
        "car",
        "car, taxi, cab, van, truck, police car, limousine, jeep, pickup, ambulance",
        "vehicles.car",
        "streets.street",
    ),
    _row(
        "train",
        "train, carriage, compartment, tram, sleeper, dining car, train car",
        "vehicles.train",
        "stations.platform",
    ),
    _row("bus", "bus, coach, minibus", "vehicles.plane", "streets.street"),
    _row(
        "plane", "plane, aeroplane, airplane, aircraft, jet, helicopter, airliner", "vehicles.plane", "streets.car_park"
    ),
    _row(
        "boat",
        "boat, ship, ferry, yacht, trawler, deck, sailboat, raft, cutter, vessel, submarine",
        "vehicles.cabin",
        "boats.deck",
    ),
    _row(
        "cabin",
        "ship's cabin, captain's cabin, wheelhouse, bridge of the ship, cabin of the boat",
        "vehicles.cabin",
        "boats.deck",
    ),
    _row(
        "spaceship",
        "spaceship, space ship, spacecraft, starship, space station, rocket, capsule, shuttle, "
        "airlock, cockpit, command module",
        "spaceships.spaceship",
        "spaceships.space",
    ),
    _row(
        "space",
        "space, outer space, orbit, moon, mars, asteroid, planet, lunar surface",
        "spaceships.spaceship",
        "spaceships.space",
    ),
    _row("bus stop", "bus stop, bus shelter, tram stop", "streets.street", "streets.street"),
    _row(
        "street",
        "street, avenue, boulevard, sidewalk, pavement, crossroads, intersection, corner, high "
        "street, main street, lane, city, town, downtown, village, neighbourhood, neighborhood, "
        "suburb",
        None,
        "streets.street",
    ),
    _row(
        "square",
        "square, plaza, piazza, market, market square, bazaar, fair, fairground, courtyard",
        None,
        "squares.square",
    ),
    _row("alley", "alley, alleyway, back street, backstreet, passage between, underpass", None, "backstreets.alley"),
    _row("rooftop", "rooftop, roof, roof terrace, terrace, balcony, fire escape, parapet", None, "backstreets.rooftop"),
    _row(
        "car park",
        "car park, parking lot, parking garage, parking, lot, petrol station, gas station, forecourt, driveway",
        None,
        "streets.car_park",
    ),
    _row("harbour", "harbour, harbor, quay, pier, dock, docks, jetty, marina, wharf, port", None, "boats.harbour"),
    _row(
        "beach",
        "beach, shore, seashore, sands, dunes by the sea, lagoon, riverbank, river bank, "
        "lakeside, lake, river, cove, bay, waterfront",
        None,
        "coast.beach",
    ),
    _row(
        "cliff",
        "cliff, cliffs, coast, headland, cliff path, clifftop, island, edge of the land, promontory",
        None,
        "coast.cliff",
    ),
    _row("sea", "sea, ocean, open water, high seas, at sea, water", None, "boats.deck"),
    _row(
        "forest",
        "forest, wood, woods, woodland, jungle, rainforest, clearing, glade, grove, swamp, campsite, camp",
        None,
        "woods.forest",
    ),
    _row(
        "garden",
        "garden, backyard, back yard, yard, patio, orchard, greenhouse, lawn, allotment, vineyard",
        None,
        "woods.garden",
    ),
    _row("park", "park, playground, common, promenade, zoo, botanical garden", None, "woods.park"),
    _row(
        "mountain",
        "mountain, mountains, mountainside, summit, peak, alp, alps, glacier, pass, ridge, valley, canyon, gorge",
        None,
        "wilds.mountain",
    ),
    _row("desert", "desert, dune, dunes, wasteland, badlands, oasis, outback, savannah", None, "wilds.desert"),
    _row("farm", "farm, farmyard, farmhouse, barnyard, ranch, homestead, stables", None, "country.farm"),
    _row("graveyard", "graveyard, cemetery, churchyard, grave, burial ground", None, "churchyards.graveyard"),
    _row(
        "field",
        "field, meadow, pasture, prairie, wheat, cornfield, battlefield, plain, plains, moor, "
        "heath, hay, steppe, football pitch",
        None,
        "country.field",
    ),
    _row("road", "road, highway, motorway, country road, roadside, freeway, dirt road, bridge", None, "country.road"),
    _row(
        "hut", "cabin, cottage, hut, lodge, chalet, log cabin, tent, farmhouse kitchen", "homes.attic", "wilds.mountain"
    ),
    _row(
        "house",
        "house, home, villa, bungalow, building, hotel, town house, tower, block, front door, doorway, gate, entrance",
        "homes.room",
        "streets.building",
        vague=True,
    ),
    _row("room", "room, chamber, quarters, hall, place", "homes.plain", "streets.building", vague=True),
    _row("path", "path, trail, track, way, hill, hillside, hilltop", None, "country.plain", vague=True),
)
PLAIN = Row("plain", (), "homes.plain", "country.plain")
# What stands before one of these is the noun: the corridor of a hospital is a corridor.
_HEAD = re.compile(r"\b(at|of|in|on|with|by|near|above|below|under|behind|before|along|outside|inside|from|to|over)\b")


def _matches(text: str) -> list[tuple[Row, int, int]]:
    """Rows whose words stand in the text, with the places where they do."""
    found = []
    for row in TABLE:
        for word in row.words:
            if word in text:  # an expression for each word of the table takes longer to compile than to match
                matches = re.finditer(rf"(?<![\w]){re.escape(word)}s?(?![\w])", text)
                found.extend((row, match.start(), match.end()) for match in matches)
    return found


def row_for(place: Seen) -> Row:
    """The row that a place's words ask for: of its name before its descriptor, the last word of the noun first."""
    name = re.sub(r"[’`]", "'", place.name.lower())
    named = _matches(_HEAD.split(name, maxsplit=1)[0]) or _matches(name)
    said = _matches(place.descriptor.lower())
    for found, last in ((named, True), (said, False)):
        exact = [each for each in found if not each[0].vague]
        if exact:
            end = max(e for _, _, e in exact) if last else min(e for _, _, e in exact)
            return max((each for each in exact if each[2] == end), key=lambda each: each[2] - each[1])[0]
    vague = named or said
    return max(vague, key=lambda each: (each[2], each[1]))[0] if vague else PLAIN


def builder_of(place: Seen, interior: Interior) -> tuple[Row, str, bool]:
    """The row, what builds it, and whether that is meant to be indoors: as the heading says, else as is usual."""
    row = row_for(place)
    if interior is Interior.EXT:
        return row, row.outside or str(PLAIN.outside), False
    if row.inside:
        return row, row.inside, True
    usual = PLAIN.inside if interior is Interior.INT else PLAIN.outside
    return row, row.outside or str(usual), False


def part_of(locked: tuple[tuple[str, str], ...], parts: str) -> int:
    """Which locked words a part shows, from 1: those whose name has the first of ``parts`` that any has; 0: none."""
    for part in parts.split():
        for number, (name, _) in enumerate(locked, 1):
            if part in name.lower().replace("-", " "):
                return number
    return 0
