import {printSeconds} from '../core/duration.ts';
import {BenchError} from '../core/errors.ts';
import {groupOf} from '../core/field.ts';
import {hostLoads, loadText} from '../core/host-loads.ts';
import {type BenchmarkPlan, planBenchmark} from '../core/plan.ts';
import {jsonText} from '../core/print-input.ts';
import {estimateRun} from '../core/selectors.ts';
import {expectedMs} from '../core/timing.ts';
import {shellLine} from '../host/shell-quote.ts';
import {bareAddress, engineCommand, prepare, type Prepared} from './prepare.ts';
import {planFlags} from './run-flags.ts';

/** `benchdeck plan SUITE`: what would start, where, and how long it would take. Connects to nothing. */
export async function planCommand(argv: readonly string[]): Promise<number> {
	const prepared = await prepare('plan', argv, planFlags);
	if ('help' in prepared) {
		process.stdout.write(prepared.help);
		return 0;
	}

	const {suite, inputs, selected, flags} = prepared;
	if (flags.is('json') && flags.is('commands')) {
		throw new BenchError('usage', '--commands goes without --json, which holds every command anyway.');
	}

	for (const note of prepared.notes) {
		process.stderr.write(`${note}\n`);
	}

	const plans = selected.map(index => planBenchmark(suite.protocol, inputs[index - 1]!, index, {
		engine: prepared.engine,
		cluster: prepared.cluster,
		clusterFile: prepared.clusterFile,
		ipOf: bareAddress,
		directoryOn: () => '$BENCH',
		jarOn: () => prepared.jarGiven ? prepared.jar ?? '$JAR' : '$JAR',
		engineOn: (_host, module) => engineCommand(module),
		scrape: prepared.scrape,
	}));
	const loads = hostLoads(plans.map(({procs}) => procs), suite.apart ?? suite.protocol.apart);
	const warnings = loads.filter(({isCrowded}) => isCrowded).map(({host, roles}) =>
		`Warning: ${host} runs ${loadText(roles)}; ${prepared.title} means each server to have a host of its own, and the clients to share none with them.\n`);
	if (flags.is('json')) {
		process.stdout.write(planJson(prepared, plans));
		process.stderr.write(warnings.join(''));
	} else {
		process.stdout.write([planText(prepared, plans, flags.is('commands')), 'Hosts, with the most that each runs at a time:\n', ...loads.map(({host, roles}) => `  ${host}: ${loadText(roles)}\n`), ...warnings].join(''));
	}

	return 0;
}

function planJson({title, suite}: Prepared, plans: readonly BenchmarkPlan[]): string {
	const fields = groupOf(suite.protocol.input);
	const benchmarks = plans.map(({index, id, input, files, procs}) => [
		'        {',
		`            "index": ${index},`,
		`            "directory": "${id}",`,
		`            "input": ${jsonText(fields, input, ' '.repeat(12))},`,
		`            "files": ${indented(files)},`,
		`            "processes": ${indented(procs.map(({label, host, argv}) => ({label, host, argv})))}`,
		'        }',
	].join('\n'));
	return `{\n    "suite": ${JSON.stringify(title)},\n    "benchmarks": [\n${benchmarks.join(',\n')}\n    ]\n}\n`;
}

function indented(value: unknown): string {
	return JSON.stringify(value, undefined, 4).replaceAll('\n', '\n            ');
}

function planText({title, inputs, engine}: Prepared, plans: readonly BenchmarkPlan[], withCommands: boolean): string {
	const varying = Object.keys(inputs[0] ?? {}).filter(key => new Set(inputs.map(input => JSON.stringify(input[key]))).size > 1);
	const totalMs = estimateRun(plans.map(({timing}) => expectedMs(timing)), engine);
	const lines = plans.flatMap(({id, input, procs, timing}) => {
		const shown = varying.map(key => `${key}=${typeof input[key] === 'object' ? JSON.stringify(input[key]) : String(input[key])}`).join(' ');
		const hosts = [...Map.groupBy(procs, ({host}) => host)].map(([host, its]) => `      ${host}: ${its.map(({label}) => label).join(' ')}`);
		const commands = withCommands ? procs.map(({label, argv, env}) => `      ${label}: ${shellLine(argv, env)}`) : [];
		return [`  ${id}  ${printSeconds(expectedMs(timing))}  ${shown}`.trimEnd(), ...hosts, ...commands];
	});
	return `${title} on the ${engine} engine: ${plans.length} benchmark${plans.length === 1 ? '' : 's'}, about ${printSeconds(totalMs)} in all\n${lines.join('\n')}\n`;
}
