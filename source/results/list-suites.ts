import {type Dirent} from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import {BenchError} from '../core/errors.ts';
import {compareNaturally} from '../core/natural-order.ts';
import {errorCode, reasonOf} from '../directory/directory-error.ts';
import {looksLikeRun} from '../directory/list-runs.ts';
import {parseRunName} from '../directory/run-name.ts';
import {type ListedSuite} from './listed-suite.ts';
import {readFacts, unreadSuite} from './read-facts.ts';

type ListOptions = {
	/** Epoch ms. */
	readonly now?: number;
	/** Ends the listing after what is being read. */
	readonly signal?: AbortSignal;
};

// A slow network disk answers many questions in the time of one.
const atOnce = 16;
const batchMs = 50;

/**
Lists what is in some roots: suite directories, loose results files, and directories that are neither. First comes one
update a root with all names, newest first, then the facts of each as they are read, in batches; an update replaces what
came before of the same path. A root may also be a suite directory or a results file itself.

@yields Suites that are new or better known than before.
@throws BenchError `usage` where a root is not there or cannot be listed.
*/
export async function * listSuites(roots: readonly string[], {now = Date.now(), signal}: ListOptions = {}): AsyncGenerator<readonly ListedSuite[], void> {
	const found: ListedSuite[] = [];
	for (const root of roots) {
		const inRoot = await entriesOf(path.resolve(root));
		found.push(...inRoot);
		yield inRoot;
	}

	const queue = newestFirst(found).values();
	const reading = {ready: [] as ListedSuite[], working: 0, wake: Promise.withResolvers<void>()};
	const work = async () => {
		reading.working++;
		for (const entry of queue) {
			if (signal?.aborted) {
				break;
			}

			reading.ready.push(await factsOf(entry, now));
			reading.wake.resolve();
		}

		reading.working--;
		reading.wake.resolve();
	};

	const workers = Promise.all(Array.from({length: atOnce}, work));
	for (let lastAt = -Infinity; reading.working > 0 || reading.ready.length > 0;) {
		const isDue = reading.working === 0 || performance.now() - lastAt >= batchMs;
		if (reading.ready.length > 0 && isDue) {
			yield reading.ready.splice(0);
			lastAt = performance.now();
		} else {
			await reading.wake.promise;
			reading.wake = Promise.withResolvers<void>();
		}
	}

	await workers;
}

/**
What is in some roots, by name alone, newest first.

@throws BenchError `usage` where a root is not there or cannot be listed.
*/
export async function listRoots(roots: readonly string[]): Promise<readonly ListedSuite[]> {
	const found = await Promise.all(roots.map(async root => entriesOf(path.resolve(root))));
	return newestFirst(found.flat());
}

/** What has changed in some roots since they were listed. */
type ListChange = {readonly changed: readonly ListedSuite[]; readonly gone: readonly string[]};

// What failed or was cut off may be taken up again, but hardly what is older than these.
const newest = 8;

/**
Looks at the roots again, with as few questions as will do: their names, then the facts of what is new, of what runs, and of
the newest that have not finished.

@throws BenchError `usage` where a root is not there any more.
*/
export async function listChanges(roots: readonly string[], known: ReadonlyMap<string, ListedSuite>, now: number): Promise<ListChange> {
	const entries = await listRoots(roots);
	const paths = new Set(entries.map(({path: file}) => file));
	const stale = entries.filter(({path: file}, place) => {
		const before = known.get(file);
		return !before || before.status === 'running' || (place < newest && before.kind !== 'results' && before.status !== 'finished');
	});
	const read = await Promise.all(stale.map(async entry => factsOf(entry, now)));
	return {
		changed: read.filter(suite => JSON.stringify(suite) !== JSON.stringify(known.get(suite.path))),
		gone: [...known.keys()].filter(file => !paths.has(file)),
	};
}

/** The listing at its end, newest first. */
export async function allSuites(roots: readonly string[], options: ListOptions = {}): Promise<readonly ListedSuite[]> {
	const suites = new Map<string, ListedSuite>();
	for await (const batch of listSuites(roots, options)) {
		for (const suite of batch) {
			suites.set(suite.path, suite);
		}
	}

	return newestFirst([...suites.values()]);
}

/** Runs by their start, the newest first; then what has no start, by name. */
function newestFirst(suites: readonly ListedSuite[]): readonly ListedSuite[] {
	return suites.toSorted((one, other) => (other.startedAt ?? -Infinity) - (one.startedAt ?? -Infinity) || compareNaturally(one.name, other.name));
}

async function entriesOf(root: string): Promise<readonly ListedSuite[]> {
	let entries: readonly Dirent[];
	try {
		entries = await fs.readdir(root, {withFileTypes: true});
	} catch (error) {
		if (errorCode(error) === 'ENOTDIR') {
			return [looseEntry(root)];
		}

		throw new BenchError('usage', `Cannot list ${root}: ${reasonOf(error)}; name a directory that holds suite directories.`, {cause: error});
	}

	if (
		looksLikeRun(path.basename(root), new Set(entries.map(({name}) => name)))
		&& (parseRunName(path.basename(root)) !== undefined || entries.some(({name}) => name === 'args.json' || name === 'events.jsonl'))
	) {
		return [unreadSuite(root)];
	}

	return newestFirst(entries.filter(({name}) => !name.startsWith('.')).flatMap(entry => {
		const file = path.join(root, entry.name);
		if (/\.csv(?:\.gz)?$/.test(entry.name) && !entry.isDirectory()) {
			return [looseEntry(file)];
		}

		return entry.isDirectory() || entry.isSymbolicLink() ? [unreadSuite(file)] : [];
	}));
}

function looseEntry(file: string): ListedSuite {
	return {...unreadSuite(file), kind: 'results'};
}

async function factsOf(entry: ListedSuite, now: number): Promise<ListedSuite> {
	return entry.kind === 'results' ? looseFacts(entry) : readFacts(entry.path, now);
}

async function looseFacts(entry: ListedSuite): Promise<ListedSuite> {
	try {
		// Most roots hold none, and a table takes more code than a list.
		const {openResultsFile} = await import('./open-results.ts');
		const {rows, warnings} = await openResultsFile(entry.path);
		return {...entry, isRead: true, total: rows.length, finished: rows.length, problem: warnings[0]};
	} catch (error) {
		return {...entry, isRead: true, problem: error instanceof BenchError ? error.message.replace(/\.$/, '') : reasonOf(error)};
	}
}
