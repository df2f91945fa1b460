/** So long is a text beside a line at most: Monaco draws longer pieces of a line in parts, and each would be a chip of its own. */
export const CHIP_LENGTH = 50;
