/*
Procs that benchdeck started on a host, whoever's they are, known by the mark in their environment and by nothing else. The
mark names the lease, and the supervisor that holds it: where that lives they belong to a run that goes on; where it does not,
they were left by a crash.
*/
import os from 'node:os';
import path from 'node:path';
import {BenchError} from '../core/errors.ts';
import {type Host} from '../core/host.ts';
import {shellQuote} from '../core/shell-quote.ts';
import {parseRunName} from '../directory/run-name.ts';
import {runWord} from '../directory/run-word.ts';

export type MarkedProc = {
	readonly pid: number;
	readonly lease: string;
	/** The unique word of its run. */
	readonly word?: string;
	/** The suite directory of its run, and the machine that its runner is on. */
	readonly home?: {readonly hostname: string; readonly directory: string};
	/** Whether its supervisor lives. */
	readonly isLive: boolean;
	readonly command: string;
	/** Ports that it listens on. */
	readonly ports: readonly number[];
};

const findMs = 20_000;

/** What the procs of a run carry besides their mark: its word, and where it can be stopped. */
export function runMarks(directory: string | undefined): Readonly<Record<string, string>> {
	const word = directory === undefined ? undefined : parseRunName(path.basename(directory))?.word;
	return {
		...(word !== undefined && {BENCHDECK_RUN: word}),
		// It is read line by line.
		...(directory !== undefined && !/\p{Control}/u.test(directory) && {BENCHDECK_RUN_AT: `${os.hostname()}:${directory}`}),
	};
}

const findScript = String.raw`
test -r /proc/self/environ || { echo none; exit 0; }
for file in $(grep -l -F -e BENCHDECK_MARK= -e BENCHDECK_SUPERVISOR= /proc/[0-9]*/environ 2>/dev/null); do
	pid=$(basename "$(dirname "$file")")
	variables=$(tr '\0' '\n' <"$file" 2>/dev/null | grep -E '^BENCHDECK_(MARK|RUN|RUN_AT|SUPERVISOR)=') || continue
	echo "proc $pid"
	echo "$variables"
	echo "command $(tr '\0\n' '  ' <"/proc/$pid/cmdline" 2>/dev/null)"
	ls -l "/proc/$pid/fd" 2>/dev/null | sed -n 's/.* socket:\[\([0-9]*\)\]$/socket \1/p'
done
cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | while read -r _ at _ state _ _ _ _ _ inode _; do test "$state" != 0A || echo "listen $inode $at"; done
`;

// The mark is looked at again: a pid may be another's by now. A group of that number is the proc's own.
const endScript = `
lease=$1
shift
for signal in TERM KILL; do
	for pid in "$@"; do
		if grep -q -F -e "BENCHDECK_MARK=$lease." "/proc/$pid/environ" 2>/dev/null; then
			kill -s "$signal" -- "-$pid" 2>/dev/null
			kill -s "$signal" "$pid" 2>/dev/null
		fi
	done
	tries=0
	while test "$tries" -lt 20 && grep -q -F -e "BENCHDECK_MARK=$lease." /proc/[0-9]*/environ 2>/dev/null; do
		sleep 0.1 2>/dev/null || sleep 1
		tries=$((tries + 1))
	done
done
for pid in "$@"; do
	if grep -q -F -e "BENCHDECK_MARK=$lease." "/proc/$pid/environ" 2>/dev/null; then echo "$pid"; fi
done
`;

/**
Every proc on a host that has benchdeck's mark and that the user may see.

@throws BenchError where the host has no /proc.
*/
export async function findMarked(host: Host): Promise<readonly MarkedProc[]> {
	const {stdout} = await host.run(['sh', '-c', findScript], {timeoutMs: findMs});
	if (stdout.trim() === 'none') {
		throw new BenchError('host', `${host.address}: it has no /proc, so that procs of earlier runs cannot be told there.`);
	}

	return parseMarked(stdout);
}

/** Ends procs of one lease; returns the pids that nothing could end. */
export async function endMarked(host: Host, lease: string, pids: readonly number[]): Promise<readonly number[]> {
	const {stdout} = await host.run(['sh', '-c', endScript, 'sh', lease, ...pids.map(String)], {timeoutMs: findMs});
	return stdout.split('\n').filter(line => line !== '').map(Number);
}

type Seen = {readonly pid: number; readonly variables: Map<string, string>; readonly sockets: Set<string>; command: string};

function parseMarked(text: string): readonly MarkedProc[] {
	const seen: Seen[] = [];
	const listening: Array<{readonly inode: string; readonly port: number}> = [];
	for (const line of text.split('\n')) {
		const [word = '', value = '', at = ''] = line.split(' ', 3);
		const last = seen.at(-1);
		const variable = /^(?<name>BENCHDECK_[A-Z_]+)=(?<is>.*)$/.exec(line)?.groups;
		if (word === 'proc') {
			seen.push({pid: Number(value), variables: new Map(), sockets: new Set(), command: ''});
		} else if (word === 'listen') {
			listening.push({inode: value, port: Number.parseInt(at.split(':').at(-1) ?? '', 16)});
		} else if (last && variable) {
			last.variables.set(variable['name']!, variable['is']!);
		} else if (last && word === 'command') {
			last.command = line.slice('command '.length).trim();
		} else if (last && word === 'socket') {
			last.sockets.add(value);
		}
	}

	const supervisors = new Set(seen.map(({pid, variables}) => `${variables.get('BENCHDECK_SUPERVISOR') ?? ''} ${pid}`));
	return seen.flatMap(({pid, variables, sockets, command}) => {
		const {lease, supervisor} = /^(?<lease>[\da-f]+)\.(?<supervisor>\d+)\.\d+\.$/.exec(variables.get('BENCHDECK_MARK') ?? '')?.groups ?? {};
		const word = variables.get('BENCHDECK_RUN');
		const {hostname, directory} = /^(?<hostname>[^\p{Control}:]+):(?<directory>\/\P{Control}*)$/u.exec(variables.get('BENCHDECK_RUN_AT') ?? '')?.groups ?? {};
		return lease === undefined || supervisor === undefined
			? []
			: [{
				pid, lease, command,
				isLive: supervisors.has(`${lease} ${supervisor}`),
				ports: [...new Set(listening.filter(({inode}) => sockets.has(inode)).map(({port}) => port))],
				...(word !== undefined && {word}),
				...(hostname !== undefined && directory !== undefined && {home: {hostname, directory}}),
			}];
	});
}

/** Who holds a port of a host, where it is a proc of benchdeck's: the end of a sentence, without a full stop that would be copied with its command. */
export async function portHolder(host: Host, port: number): Promise<string | undefined> {
	try {
		const holder = (await findMarked(host)).find(({ports}) => ports.includes(port));
		if (!holder) {
			return undefined;
		}

		const whose = holder.word === undefined ? 'another run' : `the run ${holder.word}`;
		return holder.isLive
			? `is held by ${whose}, which is going on (pid ${holder.pid}); wait for it${howToStop(holder)}`
			: `is held by what ${whose} left behind (pid ${holder.pid}); end that with: ${howToReap(host)}`;
	} catch {
		return undefined;
	}
}

/** The command that ends what crashed runs left on a host; without a cluster file it looks at this machine alone. */
export function howToReap({kind}: Pick<Host, 'kind'>): string {
	return kind === 'ssh' ? 'benchdeck reap --cluster FILE' : 'benchdeck reap';
}

// A command that works as it stands, so that it takes what the run itself told of its place.
function howToStop({home}: MarkedProc): string {
	if (!home) {
		return '';
	}

	return home.hostname === os.hostname()
		? `, or end it with: benchdeck stop ${runWord(home.directory)}`
		: `, or end it on ${home.hostname} with: benchdeck stop ${shellQuote(home.directory)}`;
}
