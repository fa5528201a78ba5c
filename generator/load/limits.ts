/** How deep arrays and objects may nest; published documents stay below 60. */
export const maxDepth = 400;
