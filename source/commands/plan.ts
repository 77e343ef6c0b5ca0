import {printSeconds} from '../core/duration.ts';
import {BenchError} from '../core/errors.ts';
import {groupOf} from '../core/field.ts';
import {type JsonObject} from '../core/json.ts';
import {loadText} from '../core/host-loads.ts';
import {type BenchmarkPlan} from '../core/plan.ts';
import {columnsOf, jsonText} from '../core/print-input.ts';
import {estimateRun} from '../core/selectors.ts';
import {expectedMs} from '../core/timing.ts';
import {shellLine} from '../core/shell-quote.ts';
import {widthOf} from './output-stream.ts';
import {crowdWarnings, loadsOf, planOffline} from './offline-plan.ts';
import {prepare, type Prepared} from './prepare.ts';
import {planFlags} from './run-flags.ts';
import {sshFlags} from './ssh-flags.ts';

const lineWidth = 100;
const maxAlike = 8;

/** `benchdeck plan SUITE`: what would start, where, and how long it would take. Connects to nothing. */
export async function planCommand(argv: readonly string[]): Promise<number> {
	const prepared = await prepare('plan', argv, planFlags);
	if ('help' in prepared) {
		process.stdout.write(prepared.help);
		return 0;
	}

	const {flags} = prepared;
	sshFlags(flags);
	if (flags.is('json') && flags.is('commands')) {
		throw new BenchError('usage', '--commands goes without --json, which holds every command anyway.');
	}

	for (const note of prepared.notes) {
		process.stderr.write(`${note}\n`);
	}

	const plans = planOffline(prepared);
	if (flags.is('json')) {
		process.stdout.write(planJson(prepared, plans));
		process.stderr.write(warningsOf(prepared, loadsOf(prepared, plans)).join(''));
	} else {
		process.stdout.write(planPage(prepared, plans, {withCommands: flags.is('commands'), width: process.stdout.isTTY ? widthOf(process.stdout) : lineWidth}));
	}

	return 0;
}

type PlanStyle = {readonly withCommands: boolean; /** In columns; only lists of fields are broken. */ readonly width: number};

// For people, hosts and warnings with it.
function planPage(prepared: Prepared, plans: readonly BenchmarkPlan[], style: PlanStyle): string {
	const loads = loadsOf(prepared, plans);
	return [
		planText(prepared, plans, style),
		'Hosts, with the most that each runs at a time:\n',
		...loads.map(({host, roles}) => `  ${host}: ${loadText(roles)}\n`),
		...warningsOf(prepared, loads),
	].join('');
}

/** The plan of a suite by its name, for a width. */
export async function planOf(suite: string, width: number): Promise<string> {
	const prepared = await prepare('plan', [suite], planFlags);
	return 'help' in prepared ? prepared.help : planPage(prepared, planOffline(prepared), {withCommands: false, width});
}

function warningsOf(prepared: Prepared, loads: ReturnType<typeof loadsOf>): readonly string[] {
	return crowdWarnings(prepared, loads).map(warning => `${warning}\n`);
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

function planText({title, suite, inputs, engine}: Prepared, plans: readonly BenchmarkPlan[], {withCommands, width}: PlanStyle): string {
	const fields = groupOf(suite.protocol.input);
	const all = inputs.map(input => new Map(columnsOf(fields, input)));
	const names = [...new Set(all.flatMap(cells => [...cells.keys()]))];
	const varying = new Set(names.filter(name => new Set(all.map(cells => cells.get(name))).size > 1));
	const textOf = (input: JsonObject, isShown: (name: string) => boolean) => columnsOf(fields, input).filter(([name]) => isShown(name)).map(([name, cell]) => `${name}=${cell}`);
	const timeOf = (ofPlans: readonly BenchmarkPlan[]) => printSeconds(estimateRun(ofPlans.map(({timing}) => expectedMs(timing)), engine));
	const lines = plans.flatMap(plan => {
		const {id, input, procs} = plan;
		const hosts = [...Map.groupBy(procs, ({host}) => host)].map(([host, its]) => `      ${host}: ${labelsText(its)}`);
		const commands = withCommands ? procs.map(({label, argv, env}) => `      ${label}: ${shellLine(argv, env)}`) : [];
		return [`  ${id}  ${timeOf([plan])}  ${textOf(input, name => varying.has(name)).join(' ')}`.trimEnd(), ...hosts, ...commands];
	});
	return [
		`${title} on the ${engine} engine: ${plans.length} benchmark${plans.length === 1 ? '' : 's'}, about ${timeOf(plans)} in all`,
		...wrapped(textOf(inputs[0] ?? {}, name => !varying.has(name)), '  always  ', width),
		...lines,
	].map(line => `${line}\n`).join('');
}

// Of many alike, the first and the last say it all.
function labelsText(procs: ReadonlyArray<BenchmarkPlan['procs'][number]>): string {
	return [...Map.groupBy(procs, ({role}) => role).values()].flatMap(alike => {
		const labels = alike.map(({label}) => label);
		return labels.length > maxAlike ? [`${labels[0]!} … ${labels.at(-1)!} (${labels.length})`] : labels;
	}).join(' ');
}

/** Words in lines that a terminal does not break, under a heading. */
function wrapped(words: readonly string[], heading: string, width: number): readonly string[] {
	const lines: string[] = [];
	for (const word of words) {
		const last = lines.at(-1);
		if (last === undefined || last.length + word.length + 1 > width) {
			lines.push(`${lines.length === 0 ? heading : ' '.repeat(heading.length)}${word}`);
		} else {
			lines[lines.length - 1] = `${last} ${word}`;
		}
	}

	return lines;
}
