/** How deep arrays and objects may nest. Published documents stay below 60. */
export const maxDepth = 250;

/** How long the names of paths, schemas, properties and so on may be, in UTF-16 units. */
export const maxNameLength = 4_096;
