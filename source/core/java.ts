/*
Flags of JVMs, and what their version changes: Java 9 removed the flags with which the reference harness has collections logged, and refuses
to start with them.
*/

/** The flags of the reference, for Java 8. */
export const collectionLogFlags = ['-verbose:gc', '-XX:-PrintGC', '-XX:+PrintHeapAtGC', '-XX:+PrintGCDetails', '-XX:+PrintGCTimeStamps', '-XX:+PrintGCDateStamps'] as const;

/** The same where an input is monitored, else none. */
export function collectionLog(input: {readonly monitored?: unknown}): readonly string[] {
	return input.monitored === true ? collectionLogFlags : [];
}

/** The heap's size as the JVM takes it; nothing where an input has none. */
export function heap(size: unknown): readonly string[] {
	return typeof size === 'string' ? [`-Xms${size}`, `-Xmx${size}`] : [];
}

/** The same for Java 9 and newer: to stdout, each line with its time. */
export const unifiedLogFlag = '-Xlog:gc*:stdout:time,uptime,level,tags';

/** The major version in what `java -version` says: 8 for `1.8.0_292`, 17 for `17.0.15`; undefined where it says none. */
export function javaVersion(text: string): number | undefined {
	const found = /version "(?:1\.)?(\d+)/.exec(text)?.[1];
	return found === undefined ? undefined : Number(found);
}

/** Whether a command has collections logged with flags that a newer JVM refuses. */
export function hasOldCollectionLog(argv: readonly string[]): boolean {
	return argv.some(word => (collectionLogFlags as readonly string[]).includes(word));
}

/** The command as a JVM newer than Java 8 takes it. */
export function withUnifiedLog(argv: readonly string[]): readonly string[] {
	const first = argv.findIndex(word => (collectionLogFlags as readonly string[]).includes(word));
	return argv.flatMap((word, index) => index === first ? [unifiedLogFlag] : ((collectionLogFlags as readonly string[]).includes(word) ? [] : [word]));
}

/** A stop of all of a JVM's threads, as it logs it. */
export type CollectionPause = {
	/** When the log line was written, which is the pause's end; epoch ms. */
	readonly endAt: number;
	readonly durationMs: number;
	/** `Young (Normal) (G1 Evacuation Pause)`. */
	readonly kind: string;
};

const pauseLine = /^\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+[+-]\d{4})\].*\] GC\(\d+\) Pause (.*?) (?:\d+[BGKM]->\d+[BGKM]\(\d+[BGKM]\) )?(\d+(?:[,.]\d+)?)ms\s*$/;

/** The pause that a line of the unified log tells; undefined for any other line. */
export function parsePause(line: string): CollectionPause | undefined {
	const found = pauseLine.exec(line);
	if (!found) {
		return undefined;
	}

	const [, time = '', kind = '', ms = ''] = found;
	const endAt = Date.parse(time.replace(/(\d\d)$/, ':$1'));
	return Number.isNaN(endAt) ? undefined : {endAt, durationMs: Number(ms.replace(',', '.')), kind};
}
