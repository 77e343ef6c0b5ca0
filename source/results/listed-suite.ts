import {type RunStatus} from '../directory/run.ts';

/** What a list of suites shows of one. Times are epoch ms. */
export type ListedSuite = {
	/** Absolute; what identifies it from one update to the next. */
	readonly path: string;
	readonly name: string;
	/**
	- `journaled`: made by benchdeck.
	- `harness`: a suite directory without a journal.
	- `results`: a loose results file.
	- `foreign`: a directory that no run made.
	- `unreadable`: what cannot be looked into.
	*/
	readonly kind: 'journaled' | 'harness' | 'results' | 'foreign' | 'unreadable';
	/** False where only its name has been read so far: a second update of the same path brings the rest. */
	readonly isRead: boolean;
	readonly word: string | undefined;
	/** `unreplicated/smoke` where it says so, else what its name ends in. */
	readonly suite: string;
	/** What ran it, where a journal says so. */
	readonly engine?: string;
	readonly startedAt: number | undefined;
	/** Undefined for what is no run, and while it is not read. */
	readonly status: RunStatus | undefined;
	readonly total: number;
	readonly finished: number;
	readonly failed: number;
	/** Undefined where it is not known when it ended. */
	readonly durationMs: number | undefined;
	/** As the cluster file names them; addresses for a harness's directory. */
	readonly hosts: readonly string[];
	/** The first line of notes.md. */
	readonly note: string | undefined;
	/** What is damaged, or why it is no run: one sentence without its stop. */
	readonly problem: string | undefined;
};
