/*
What of a host's facts must be mended before a run, what is worth knowing, and how it is mended.
*/
import {isIP} from 'node:net';
import {howToReap} from '../runner/leftovers.ts';
import {prometheusMissing} from '../runner/monitor.ts';
import {type HostFacts} from './check-host.ts';
import {oldestNode, usableNode} from './remote-programs.ts';

export type Findings = {
	/** One sentence each, that says how. */
	readonly mend: readonly string[];
	readonly notes: readonly string[];
};

const worstOffsetMs = 1000;
const goodOffsetMs = 20;
const leastBytes = 100e6;
const fewBytes = 2e9;
// The supervisor has one session; a tail and a transfer beside it want two more.
const leastSessions = 2;

/** The findings of one host. */
export function findingsOf(facts: HostFacts): Findings {
	const mend: string[] = [];
	const notes: string[] = [];
	const say = (isBad: boolean, text: string) => {
		(isBad ? mend : notes).push(`${facts.host}: ${text}`);
	};

	for (const [program, version] of Object.entries(facts.programs)) {
		if (version === undefined) {
			say(
				true,
				program === 'prometheus'
					? prometheusMissing
					: `there is no program ${program}, which the suite starts; install it there, or put it on the PATH of a shell that is not interactive.`,
			);
		}
	}

	if (facts.filesProblem !== undefined) {
		mend.push(facts.filesProblem);
	}

	if (facts.kind === 'ssh' && facts.needsNode && !usableNode(facts.nodes)) {
		const versions = new Set(facts.nodes.map(({version}) => version));
		const found = versions.size === 0 ? 'there is none' : `it has ${[...versions].join(', ')}`;
		say(true, `the embedded engine needs Node ${oldestNode} or newer, and ${found}; install it there.`);
	}

	for (const {port, label, holder} of facts.takenPorts) {
		say(true, `port ${port}, which ${label} needs, ${holder ?? `is taken; ss -ltnp 'sport = :${port}' names the process to end.`}`);
	}

	sayClock(facts, say);
	saySpace(facts, say);
	sayAddress(facts, say);
	if (facts.connection && facts.connection.sessions < leastSessions) {
		say(true, `its sshd lets a connection have ${facts.connection.sessions + 1} sessions; set MaxSessions to 3 or more in its sshd_config.`);
	}

	if (facts.cores !== undefined && facts.load !== undefined && facts.load > facts.cores / 2) {
		say(false, `its load is ${facts.load} on ${facts.cores} cores; something else runs there, and figures will suffer.`);
	}

	const left = facts.marked.filter(({isLive}) => !isLive);
	if (left.length > 0) {
		say(
			true,
			`${left.length} proc${left.length === 1 ? ' of a crashed run is' : 's of crashed runs are'} still running (pid ${left.map(({pid}) => pid).join(', ')}); end them with: ${howToReap(facts)}`,
		);
	}

	for (const word of new Set(facts.marked.filter(({isLive}) => isLive).map(one => one.word ?? 'another'))) {
		say(false, `the run ${word} is going on there.`);
	}

	if (facts.directories.length > 0) {
		say(false, `${facts.directories.join(', ')} ${facts.directories.length === 1 ? 'is' : 'are'} of earlier runs, with files that may not have been collected; look, and remove by hand.`);
	}

	return {mend, notes};
}

type Say = (isBad: boolean, text: string) => void;

function sayClock({clock}: HostFacts, say: Say): void {
	const offMs = clock ? Math.abs(clock.offsetMs) - clock.errorMs : 0;
	if (clock && offMs > goodOffsetMs) {
		const offset = `${Math.abs(clock.offsetMs).toFixed(0)} ms (± ${clock.errorMs.toFixed(0)}) ${clock.offsetMs > 0 ? 'ahead' : 'behind'}`;
		say(offMs > worstOffsetMs, `its clock is ${offset}, and rows of clients on several hosts are pooled by their clocks; let chrony or ntpd set it.`);
	}
}

function saySpace({freeBytes, isShared}: HostFacts, say: Say): void {
	if (freeBytes !== undefined && !isShared && freeBytes < fewBytes) {
		say(freeBytes < leastBytes, `its temporary directory has ${(freeBytes / 1e6).toFixed(0)} MB left, where procs write; make room, or let TMPDIR name a larger disk.`);
	}
}

function sayAddress({ip, addresses, needsPorts}: HostFacts, say: Say): void {
	if (isIP(ip) === 0 || addresses.length === 0 || addresses.includes(ip)) {
		return;
	}

	const isLoopback = ip.startsWith('127.');
	if (!isLoopback) {
		const own = addresses.filter(one => !one.startsWith('127.') && one !== '::1' && !one.startsWith('fe80'));
		say(needsPorts, `${ip} is not an address of its own (it has ${own.join(', ') || 'none that it tells'}), so nothing there can listen on it; write its private address in the cluster file.`);
	}
}
