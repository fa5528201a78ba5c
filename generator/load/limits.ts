/** How deep arrays and objects may nest. Published documents stay below 60. */
export const maxDepth = 400;
