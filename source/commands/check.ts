/*
`benchdeck check`: every host of a cluster, asked side by side, and what must be mended before a run.
*/
import path from 'node:path';
import {BenchError} from '../core/errors.ts';
import {type Host} from '../core/host.ts';
import {type BenchmarkPlan, planBenchmark} from '../core/plan.ts';
import {perfOn} from '../runner/perf-state.ts';
import {howProfiled} from '../runner/profile.ts';
import {findingsOf, type Findings} from './check-findings.ts';
import {askHost, type HostFacts, needsOf, unreachable} from './check-host.ts';
import {checkText} from './check-text.ts';
import {addressesOf, readClusterFile} from './cluster-hosts.ts';
import {createHosts, type Hosts, resolveAll} from './connect-hosts.ts';
import {parseFlags, type ParsedFlags} from './flags.ts';
import {checkFlags} from './host-flags.ts';
import {bareAddress, engineCommand, prepare, type Prepared} from './prepare.ts';

export type Checked = {readonly host: string; readonly facts?: HostFacts; readonly findings: Findings};

/** `benchdeck check --cluster F [SUITE]`: 0 where everything is ready, 1 where something must be mended. */
export async function checkCommand(argv: readonly string[]): Promise<number> {
	const wanted = await whatIsWanted(argv);
	if ('help' in wanted) {
		process.stdout.write(wanted.help);
		return 0;
	}

	const {flags, addresses} = wanted;
	const parent = path.resolve(flags.text('suite-directory') ?? 'runs');
	const hosts = createHosts(flags);
	try {
		const checked = await Promise.all(addresses.map(async address => checkHost(address, hosts.of, wanted, parent)));
		const isReady = checked.every(({findings}) => findings.mend.length === 0);
		const answer = {
			ready: isReady,
			hosts: checked.map(({host, facts}) => facts ?? {host, isReached: false}),
			mend: checked.flatMap(({findings}) => findings.mend),
			notes: checked.flatMap(({findings}) => findings.notes),
		};
		process.stdout.write(flags.is('json') ? `${JSON.stringify(answer, undefined, 4)}\n` : checkText(checked));
		return isReady ? 0 : 1;
	} finally {
		await hosts.close();
	}
}

type Wanted = {readonly flags: ParsedFlags; readonly addresses: readonly string[]; readonly plans: readonly BenchmarkPlan[]; readonly withNode: boolean; readonly profiled: readonly string[]};

async function whatIsWanted(argv: readonly string[]): Promise<Wanted | {readonly help: string}> {
	let flags: ParsedFlags | undefined;
	try {
		flags = parseFlags('check', argv, checkFlags);
	} catch (error) {
		// A suite has flags of its own; without one they are mistakes.
		if (argv.every(word => word.startsWith('-'))) {
			throw error;
		}
	}

	if (flags?.positional.length === 0) {
		return {flags, addresses: addressesOf(readClusterFile(flags.text('cluster'))), plans: [], withNode: false, profiled: []};
	}

	const prepared = await prepare('check', argv, checkFlags);
	if ('help' in prepared) {
		return prepared;
	}

	const plans = await plansOf(prepared);
	const needed = plans.flatMap(({procs}) => procs.map(({host}) => host));
	return {
		flags: prepared.flags,
		addresses: prepared.flags.text('cluster') === undefined ? [...new Set(needed)] : addressesOf(prepared.cluster),
		plans,
		withNode: prepared.engine === 'embedded' || prepared.engine === 'rehearsal',
		profiled: prepared.flags.is('profile') ? prepared.suite.protocol.profiled ?? prepared.suite.protocol.start : [],
	};
}

async function plansOf(prepared: Prepared): Promise<readonly BenchmarkPlan[]> {
	const ips = await resolveAll(prepared);
	return prepared.selected.map(index => planBenchmark(prepared.suite.protocol, prepared.inputs[index - 1]!, index, {
		engine: prepared.engine,
		cluster: prepared.cluster,
		clusterFile: prepared.clusterFile,
		ipOf: address => ips.get(address) ?? bareAddress(address),
		directoryOn: (_host, id) => id,
		jarOn: () => prepared.jar ?? '',
		engineOn: (_host, module) => engineCommand(module),
		scrape: prepared.scrape,
	}));
}

async function checkHost(address: string, hostOf: Hosts['of'], wanted: Wanted, parent: string): Promise<Checked> {
	const from = performance.now();
	try {
		const host = await hostOf(address);
		const facts = await askHost(host, needsOf(wanted.plans, address, wanted.withNode), {connectMs: Math.round(performance.now() - from), parent});
		const findings = findingsOf(facts);
		return {host: address, facts, findings: {...findings, notes: [...findings.notes, ...await profileNotes(host, wanted)]}};
	} catch (error) {
		if (error instanceof BenchError && error.code !== 'host') {
			throw error;
		}

		return {host: address, findings: {mend: [unreachable(address, error)], notes: []}};
	}
}

/** What -p will do without perf: a sentence of a host where a proc is to be profiled. */
async function profileNotes(host: Host, {plans, profiled}: Wanted): Promise<readonly string[]> {
	const procs = plans.flatMap(plan => plan.procs).filter(proc => proc.host === host.address && profiled.includes(proc.role));
	const state = procs.length > 0 ? await perfOn(host) : undefined;
	return state && state.kind !== 'ready' ? [`${host.address}: ${state.message} ${howProfiled(procs[0]!)}`] : [];
}
