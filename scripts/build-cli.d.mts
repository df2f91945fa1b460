/** Path of the built entry; ends the process where it cannot be built. */
export function builtCommandLine(): string;
