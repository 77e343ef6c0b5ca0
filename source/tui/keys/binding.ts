/** A key binding: what the footer, the help and the docs are made from, and what a key press is looked up in. */
export type Binding<Command extends string = string> = {
	readonly command: Command;
	/** Names of keys (key-name.ts); each does the same. */
	readonly keys: readonly string[];
	/** One or two words for the footer; undefined for what the footer leaves out. */
	readonly label?: string;
	/** A line for the help. */
	readonly help: string;
};

/** The bindings of a place: a screen, or a part of several. */
export type KeyGroup<Command extends string = string> = {
	readonly title: string;
	readonly bindings: ReadonlyArray<Binding<Command>>;
};
