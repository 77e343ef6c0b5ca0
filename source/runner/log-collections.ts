import {createReadStream} from 'node:fs';
import {createInterface} from 'node:readline';
import {messageOf} from '../core/errors.ts';
import {type Host} from '../core/host.ts';
import {type CollectionPause, hasOldCollectionLog, javaVersion, parsePause, unifiedLogFlag, withUnifiedLog} from '../core/java.ts';
import {type PlannedProc} from '../core/plan.ts';
import {remembered} from '../core/remembered.ts';
import {type BenchmarkContext, type BenchmarkHooks} from './hooks.ts';

/** How many pauses the journal tells of; `pauses.csv` holds all. */
const longestTold = 20;

/** Gives each JVM flags that its version takes, and reads the pauses that it logged. A host's version is found out once. */
export function logCollections(hostOf: (address: string) => Promise<Host>): BenchmarkHooks {
	const versions = new Map<string, Promise<number | undefined>>();
	return {
		async adapt(plan) {
			const procs = await Promise.all(plan.procs.map(async proc => {
				if (!hasOldCollectionLog(proc.argv)) {
					return proc;
				}

				const program = proc.argv[0] ?? 'java';
				const version = await remembered(versions, `${proc.host} ${program}`, async () => versionOn(proc.host, program));
				return (version ?? 8) > 8 ? {...proc, argv: withUnifiedLog(proc.argv)} : proc;
			}));
			return {...plan, procs};
		},
		async collect(context, stopped) {
			const logging = context.plan.procs.filter(({argv}) => argv.includes(unifiedLogFlag));
			if (logging.length > 0) {
				await stopped;
				await readPauses(context, logging);
			}
		},
	};

	async function versionOn(address: string, program: string): Promise<number | undefined> {
		const host = await hostOf(address);
		const {stdout, stderr} = await host.run([program, '-version']);
		return javaVersion(stderr + stdout);
	}
}

async function readPauses({plan, directory, emit}: BenchmarkContext, procs: readonly PlannedProc[]): Promise<void> {
	const rows: string[] = ['label,end,duration_ms,kind'];
	for (const {label} of procs) {
		try {
			const pauses = await pausesIn(directory.outputFiles(label).stdout);
			rows.push(...pauses.map(({endAt, durationMs, kind}) => `${label},${new Date(endAt).toISOString()},${durationMs},"${kind.replaceAll('"', '""')}"`));
			emit({
				type: 'pauses-logged', index: plan.index, label, count: pauses.length,
				totalMs: pauses.reduce((total, {durationMs}) => total + durationMs, 0),
				longest: pauses.toSorted((one, other) => other.durationMs - one.durationMs).slice(0, longestTold).toSorted((one, other) => one.endAt - other.endAt),
			});
		} catch (error) {
			emit({type: 'warned', index: plan.index, message: `The collections of ${label} could not be read: ${messageOf(error)}.`});
		}
	}

	await directory.writeFile('pauses.csv', `${rows.join('\n')}\n`);
}

async function pausesIn(file: string): Promise<readonly CollectionPause[]> {
	const pauses: CollectionPause[] = [];
	for await (const line of createInterface({input: createReadStream(file), crlfDelay: Infinity})) {
		// Most lines tell of something else, and a proc that logs much logs much of it.
		const pause = line.startsWith('[') ? parsePause(line) : undefined;
		if (pause) {
			pauses.push(pause);
		}
	}

	return pauses;
}
