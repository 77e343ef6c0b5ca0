/*
What `check` finds out about one host, by asking it.
*/
import {isIP} from 'node:net';
import {messageOf} from '../core/errors.ts';
import {type ConnectionFacts, type Host} from '../core/host.ts';
import {type BenchmarkPlan} from '../core/plan.ts';
import {sharesDirectory} from '../runner/host-place.ts';
import {findMarked, type MarkedProc, portHolder} from '../runner/leftovers.ts';
import {accepts} from '../runner/ports.ts';
import {findNodes, type FoundNode, runsInstallation} from './remote-programs.ts';

/** What the procs of a host need. */
export type HostNeeds = {
	/** Names or paths of programs. */
	readonly programs: readonly string[];
	readonly needsNode: boolean;
	/** The engine's modules, as this machine runs them. */
	readonly engineFiles: readonly string[];
	/** As `ip port` that its procs listen on. */
	readonly ports: ReadonlyArray<{readonly ip: string; readonly port: number; readonly label: string}>;
};

export type ClockOffset = {readonly offsetMs: number; readonly errorMs: number};

export type HostFacts = {
	readonly host: string;
	readonly isReached: true;
	readonly ip: string;
	readonly kind: Host['kind'];
	/** From the first packet to a supervisor that answers. */
	readonly connectMs: number;
	readonly connection?: ConnectionFacts;
	readonly user: string;
	readonly shell: string;
	readonly clock: ClockOffset | undefined;
	/** Whether it shares the directory in which suites are written. */
	readonly isShared: boolean;
	/** Why its files cannot be had. */
	readonly filesProblem?: string;
	readonly freeBytes: number | undefined;
	/** Program → its version's line; undefined where it is not there. */
	readonly programs: Readonly<Record<string, string | undefined>>;
	/** Whether its procs run on Node, and whether they listen. */
	readonly needsNode: boolean;
	readonly needsPorts: boolean;
	readonly nodes: readonly FoundNode[];
	readonly takenPorts: ReadonlyArray<{readonly port: number; readonly label: string; readonly holder?: string}>;
	/** Its own addresses, where it tells. */
	readonly addresses: readonly string[];
	readonly cores: number | undefined;
	readonly load: number | undefined;
	/** Procs with benchdeck's mark. */
	readonly marked: readonly MarkedProc[];
	/** Temporary directories of earlier runs, with what was not collected. */
	readonly directories: readonly string[];
};

const factsScript = String.raw`
tmp=$TMPDIR
test -n "$tmp" || tmp=/tmp
echo "user $(id -un)"
echo "shell $(basename "$SHELL")"
echo "cores $(getconf _NPROCESSORS_ONLN 2>/dev/null || nproc 2>/dev/null)"
echo "load $(cut -d ' ' -f 1 /proc/loadavg 2>/dev/null || uptime | sed 's/.*load average[s]*: *\([0-9.]*\).*/\1/')"
echo "free $(df -Pk "$tmp" | sed -n '2s/^[^ ]* *[0-9]* *[0-9]* *\([0-9]*\).*/\1/p')"
{ ip -o addr 2>/dev/null || ifconfig 2>/dev/null; } | sed -n 's/.*inet6* \(addr:\)*\([0-9a-fA-F.:]*\).*/address \2/p'
ls -d "$tmp"/benchdeck-?????????? 2>/dev/null | sed 's/^/directory /'
`;

const versionScript = `
for program in "$@"; do
	command -v "$program" >/dev/null 2>&1 || continue
	case $(basename "$program") in
	java) version=$(java -version 2>&1 | sed 1q) ;;
	prometheus|perf|node) version=$("$program" --version 2>&1 | sed 1q) ;;
	*) version= ;;
	esac
	echo "program $program $version"
done
`;

const clockRounds = 5;

/** Asks a host that was just connected to. What it does not tell is undefined. */
export async function askHost(host: Host, needs: HostNeeds, {connectMs, parent}: {readonly connectMs: number; readonly parent: string}): Promise<HostFacts> {
	const [facts, versions, isShared, filesProblem, nodes, takenPorts, marked] = await Promise.all([
		host.run(['sh', '-c', factsScript]),
		host.run(['sh', '-c', versionScript, 'sh', ...needs.programs]),
		sharesDirectory(host, parent),
		filesProblemOf(host, parent),
		needs.needsNode && host.kind === 'ssh' ? nodesFor(host, needs.engineFiles) : [],
		takenOf(host, needs),
		findMarked(host).catch(() => []),
	]);
	// Both want to be alone: one counts sessions, the other milliseconds.
	const connection = await host.describe?.();
	const clock = await clockOffset(host);
	const told = facts.stdout.split('\n').map(line => /^(?<name>\w+) (?<value>.+)$/.exec(line)?.groups).filter(line => line !== undefined);
	const all = (name: string) => told.filter(line => line['name'] === name).map(line => line['value']!);
	const number = (name: string) => {
		const value = Number(all(name)[0]);
		return Number.isFinite(value) ? value : undefined;
	};

	const free = number('free');
	return {
		host: host.address, isReached: true, ip: host.ip, kind: host.kind, connectMs, isShared, nodes, takenPorts, marked, clock,
		needsNode: needs.needsNode,
		needsPorts: needs.ports.length > 0,
		...(connection && {connection}),
		...(filesProblem !== undefined && {filesProblem}),
		user: all('user')[0] ?? '',
		shell: all('shell')[0] ?? '',
		freeBytes: free === undefined ? undefined : free * 1024,
		programs: programsOf(needs.programs, versions.stdout),
		addresses: all('address').filter(address => isIP(address) !== 0),
		cores: number('cores'),
		load: number('load'),
		directories: all('directory'),
	};
}

/** What the plans of a suite need of each address. */
export function needsOf(plans: readonly BenchmarkPlan[], address: string, withNode: boolean): HostNeeds {
	const procs = plans.flatMap(plan => plan.procs).filter(({host}) => host === address);
	const ports = new Map(procs.flatMap(({ip, port, metricsPort, label}) => [port, metricsPort].filter(one => one !== undefined).map(one => [`${ip} ${one}`, {ip, port: one, label}] as const)));
	const programs = [...new Set(procs.map(({argv}) => argv[0] ?? ''))].filter(program => program !== '' && !(withNode && program === process.execPath) && !program.startsWith('./'));
	const engineFiles = withNode ? [...new Set(procs.flatMap(({argv}) => argv[0] === process.execPath ? argv.slice(1, 2) : []))] : [];
	return {programs, engineFiles, needsNode: withNode && procs.length > 0, ports: [...ports.values()]};
}

async function filesProblemOf(host: Host, directory: string): Promise<string | undefined> {
	try {
		await host.files.size(directory);
		return undefined;
	} catch (error) {
		return messageOf(error);
	}
}

// As a run does it: a host that shares this installation runs it, with its Node.
async function nodesFor(host: Host, engineFiles: readonly string[]): Promise<readonly FoundNode[]> {
	try {
		return engineFiles.length > 0 && await runsInstallation(host, engineFiles) ? [{path: process.execPath, version: process.versions.node}] : await findNodes(host);
	} catch {
		return findNodes(host);
	}
}

async function takenOf(host: Host, {ports}: HostNeeds): Promise<HostFacts['takenPorts']> {
	const taken = await Promise.all(ports.map(async ({ip, port, label}) => {
		if (!await accepts(host, ip, port)) {
			return [];
		}

		const holder = await portHolder(host, port);
		return [{port, label, ...(holder !== undefined && {holder})}];
	}));
	return taken.flat();
}

/** Half of the quickest round trip bounds the error. */
async function clockOffset(host: Host): Promise<ClockOffset | undefined> {
	let best: ClockOffset | undefined;
	for (let round = 0; round < clockRounds; round++) {
		const from = performance.now();
		const {stdout} = await host.run(['date', '+%s.%N']);
		const to = performance.now();
		// BSD's date has no nanoseconds and prints the letter.
		const [seconds = '', fraction = ''] = stdout.trim().split('.', 2);
		const there = Number(seconds) * 1000 + (/^\d+$/.test(fraction) ? Number(`0.${fraction}`) * 1000 : 500);
		const coarseMs = /^\d+$/.test(fraction) ? 0 : 500;
		const errorMs = (to - from) / 2 + coarseMs;
		if (Number.isFinite(there) && (best === undefined || errorMs < best.errorMs)) {
			best = {offsetMs: there - (performance.timeOrigin + (from + to) / 2), errorMs};
		}
	}

	return best;
}

function programsOf(programs: readonly string[], text: string): HostFacts['programs'] {
	const lines = text.split('\n');
	return Object.fromEntries(programs.map(program => {
		const line = lines.find(one => one.startsWith(`program ${program} `));
		return [program, line?.slice(`program ${program} `.length).trim()];
	}));
}

/** A sentence for a host that could not be asked. */
export function unreachable(address: string, error: unknown): string {
	const message = messageOf(error);
	return message.startsWith(address) ? message : `${address}: ${message}`;
}
