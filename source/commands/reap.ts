import {BenchError, messageOf} from '../core/errors.ts';
import {type Host} from '../core/host.ts';
import {endMarked, findMarked, type MarkedProc} from '../runner/leftovers.ts';
import {addressesOf, readClusterFile} from './cluster-hosts.ts';
import {createHosts} from './connect-hosts.ts';
import {parseFlags} from './flags.ts';
import {reapFlags} from './host-flags.ts';
import {printable} from './printable.ts';

export type Reaped = {
	readonly host: string;
	/** Procs of crashed runs, and whether they are gone now. */
	readonly leftovers: ReadonlyArray<MarkedProc & {readonly isEnded: boolean}>;
	/** Words of runs that go on there. */
	readonly live: readonly string[];
	/** Why the host could not be looked at. */
	readonly error?: string;
};

/** `benchdeck reap`: ends what crashed runs left, by benchdeck's mark, and only what has no live lease. */
export async function reapCommand(argv: readonly string[]): Promise<number> {
	const flags = parseFlags('reap', argv, reapFlags);
	if (flags.positional.length > 0) {
		throw new BenchError('usage', `benchdeck reap takes no "${flags.positional[0]!}", only flags.`);
	}

	const addresses = addressesOf(readClusterFile(flags.text('cluster')));
	const hosts = createHosts(flags);
	try {
		const reaped = await Promise.all(addresses.map(async address => reapAddress(address, hosts.of)));
		process.stdout.write(flags.is('json') ? `${JSON.stringify(reaped, undefined, 4)}\n` : reaped.map(one => reapedText(one)).join(''));
		return reaped.some(({error, leftovers}) => error !== undefined || leftovers.some(({isEnded}) => !isEnded)) ? 1 : 0;
	} finally {
		await hosts.close();
	}
}

async function reapAddress(address: string, hostOf: (address: string) => Promise<Host>): Promise<Reaped> {
	try {
		const host = await hostOf(address);
		const marked = await findMarked(host);
		const dead = Map.groupBy(marked.filter(({isLive}) => !isLive), ({lease}) => lease);
		const left = new Set((await Promise.all([...dead].map(async ([lease, procs]) => endMarked(host, lease, procs.map(({pid}) => pid))))).flat());
		return {
			host: address,
			leftovers: [...dead.values()].flat().map(proc => ({...proc, isEnded: !left.has(proc.pid)})),
			live: [...new Set(marked.filter(({isLive}) => isLive).map(({word}) => word ?? '(unnamed)'))],
		};
	} catch (error) {
		return {host: address, leftovers: [], live: [], error: messageOf(error)};
	}
}

function reapedText({host, leftovers, live, error}: Reaped): string {
	if (error !== undefined) {
		return `${printable(error)}\n`;
	}

	const lines = leftovers.map(
		({pid, word, command, isEnded}) =>
			`${host}: ${isEnded ? 'ended' : 'could not end'} ${pid}${word === undefined ? '' : ` of ${printable(word)}`}: ${printable(command).slice(0, 120)}`,
	);
	const rest = live.map(word => `${host}: left ${printable(word)} alone, which is going on`);
	return `${[...lines.length === 0 ? [`${host}: nothing was left`] : lines, ...rest].join('\n')}\n`;
}
