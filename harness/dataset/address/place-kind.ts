/** What stands at the end of the road: a bare door, a home in an estate, an office, a shop or public house. */
export type PlaceKind = 'door' | 'home' | 'office' | 'shop';
