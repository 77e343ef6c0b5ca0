/*
Known causes: what the last lines of a dead proc usually mean, and what to do. A table, so that people can add to it.
*/
export type KnownCause = {
	readonly name: string;
	readonly pattern: RegExp;
	/** A sentence that says what to do. */
	readonly remedy: string;
};

export const knownCauses: readonly KnownCause[] = [
	{
		name: 'heap size',
		pattern: /Invalid (?:initial|maximum) heap size|Could not reserve enough space for object heap|Initial heap size set to a larger value/,
		remedy: 'The heap size is one that this JVM does not take; set the jvm_heap_size fields to something like 100m.',
	},
	{name: 'address in use', pattern: /EADDRINUSE|Address already in use|BindException/, remedy: 'Something else listens on its port; end it.'},
	{
		name: 'class not found',
		pattern: /Could not find or load main class|ClassNotFoundException|NoClassDefFoundError/,
		remedy: 'The JAR lacks that class; build the JAR of the version that the suite is for, or pass another with --jar.',
	},
	{
		name: 'missing JAR',
		pattern: /unable to access jarfile|error opening (?:zip|jar) file/i,
		remedy: 'The JAR is not there on that host; pass its path with --jar.',
	},
	{
		name: 'wrong Java',
		pattern: /UnsupportedClassVersionError|Unrecognized VM option|Unrecognized option/,
		remedy: 'This JVM is not the version that the command is for; check java -version on that host.',
	},
	{
		name: 'out of memory',
		pattern: /OutOfMemoryError|heap out of memory|Cannot allocate memory|ENOMEM/,
		remedy: 'It ran out of memory; give it a larger heap or fewer clients.',
	},
	{
		name: 'connection refused',
		pattern: /ECONNREFUSED|Connection refused/,
		remedy: 'What it talks to did not listen; look at the servers\' logs first.',
	},
	{
		name: 'permission',
		pattern: /EACCES|Permission denied|AccessDenied/,
		remedy: 'The user that it runs as may not do that; check the owner and mode of what it names.',
	},
	{name: 'no space', pattern: /ENOSPC|No space left on device/, remedy: 'The disk is full; make room on that host.'},
	{name: 'program not found', pattern: /command not found|: not found$|ENOENT/m, remedy: 'A program or file is missing on that host.'},
];

/** A cause that was found, and the line that shows it. */
export type FoundCause = {readonly name: string; readonly remedy: string; readonly line: string | undefined};

let own: readonly KnownCause[] = [];

/** Takes a person's own causes, which are asked before the known ones wherever a process of this command looks for one. */
export function knowCauses(causes: readonly KnownCause[]): void {
	own = causes;
}

/** The first known cause that the last lines of a proc show. A person's own causes are asked first. */
export function findCause(lines: readonly string[], causes: readonly KnownCause[] = [...own, ...knownCauses]): FoundCause | undefined {
	const text = lines.join('\n');
	const cause = causes.find(({pattern}) => pattern.test(text));
	return cause && {name: cause.name, remedy: cause.remedy, line: lines.find(line => cause.pattern.test(line))};
}

/** What to do about a proc whose last lines are these, where the cause is a known one. */
export function remedyFor(lines: readonly string[], causes?: readonly KnownCause[]): string | undefined {
	return findCause(lines, causes)?.remedy;
}
