/*
What ran last in some roots, for the start screen: of thousands of directories only the newest are looked into.
*/
import {listRoots} from './list-suites.ts';
import {type ListedSuite} from './listed-suite.ts';
import {missingOf, type Missing} from './missing.ts';
import {openResults} from './open-results.ts';
import {readFacts} from './read-facts.ts';
import {type Triage, triageBenchmark} from './triage.ts';

/** A run that was made lately and, where it did not go well, why, and what is missing. */
export type RecentRun = {
	readonly suite: ListedSuite;
	readonly missing?: Missing;
	readonly triage?: Triage;
	/** A journal says how it was started: it can be taken up again. */
	readonly canResume: boolean;
};

// As many as a slow disk answers in the time of one.
const atOnce = 16;

/**
The newest runs in some roots, those that need a person first.

@param known What was read before: what has not changed since is not opened again.

@throws BenchError `usage` where a root is not there.
*/
export async function recentRuns(roots: readonly string[], count: number, now: number, known: readonly RecentRun[] = []): Promise<readonly RecentRun[]> {
	const entries = (await listRoots(roots)).filter(({kind}) => kind !== 'results');
	const newest: ListedSuite[] = [];
	for (let place = 0; place < entries.length && newest.length < count; place += atOnce) {
		const read = await Promise.all(entries.slice(place, place + atOnce).map(async ({path}) => readFacts(path, now)));
		newest.push(...read.filter(({status}) => status !== undefined));
	}

	const recent = await Promise.all(newest.slice(0, count).map(async suite => known.find(run => JSON.stringify(run.suite) === JSON.stringify(suite)) ?? withCause(suite, now)));
	return recent.toSorted((one, other) => Number(needsPerson(other.suite)) - Number(needsPerson(one.suite)));
}

/** It failed, or was cut off. */
function needsPerson({status}: ListedSuite): boolean {
	return status === 'failed' || status === 'interrupted';
}

async function withCause(suite: ListedSuite, now: number): Promise<RecentRun> {
	if (!needsPerson(suite)) {
		return {suite, canResume: false};
	}

	try {
		const {run} = await openResults(suite.path, '/', {now});
		const failed = run?.benchmarks.find(({status}) => status === 'failed');
		return run
			? {suite, missing: missingOf(run), canResume: run.state?.command !== undefined, ...(failed && {triage: await triageBenchmark(run, failed)})}
			: {suite, canResume: false};
	} catch {
		// What is too damaged to be opened is still listed.
		return {suite, canResume: false};
	}
}
