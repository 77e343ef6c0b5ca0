/** One word as a POSIX shell reads it back unchanged. */
export function shellQuote(word: string): string {
	return /^[\w%+,\-./:=@]+$/.test(word) ? word : `'${word.replaceAll('\'', String.raw`'\''`)}'`;
}

/** A command as a line that can be pasted into a shell. */
export function shellLine(argv: readonly string[], env: Readonly<Record<string, string>> = {}): string {
	const variables = Object.entries(env).map(([name, value]) => `${name}=${shellQuote(value)}`);
	return [...variables, ...argv.map(word => shellQuote(word))].join(' ');
}
