import {selectElapsed, selectEta, selectProgress} from '../../core/selectors.ts';
import {type BenchmarkState, type RunState} from '../../core/state.ts';
import {printSeconds} from '../../core/duration.ts';
import {type Glyphs} from '../glyphs.ts';
import {fitLine, type Line, lineWidth, segment, type Segment, spread} from '../text/line.ts';
import {shortTime} from '../text/quantity.ts';
import {progressBar} from '../text/sparkline.ts';
import {type ConsoleModel} from './model.ts';
import {clusterName, phaseAt, phaseNow, phaseWords} from './select.ts';

// A runner that is silent for so long is gone: a live one writes a heartbeat every five seconds.
const silenceMs = 20_000;

type HeaderView = {
	readonly state: RunState;
	readonly benchmark: BenchmarkState | undefined;
	readonly model: Pick<ConsoleModel, 'benchmark' | 'at'>;
	readonly now: number;
	readonly width: number;
};

/** Whether the runner was found to be gone, and has told of nothing since. */
export function isRunnerGone({runnerGoneAt, lastEventAt}: RunState): boolean {
	return runnerGoneAt !== undefined && lastEventAt <= runnerGoneAt;
}

/** What the run as a whole is doing: `running`, `finished`, `silent` where its runner gives no sign of life. */
export function runStanding(state: RunState, now: number): 'waiting' | 'running' | 'stopping' | 'finished' | 'failed' | 'interrupted' | 'silent' {
	if (state.outcome !== undefined) {
		return state.outcome;
	}

	if (state.name === '') {
		return 'waiting';
	}

	if (isRunnerGone(state) || now - state.lastEventAt > silenceMs) {
		return 'silent';
	}

	return state.stopping === undefined ? 'running' : 'stopping';
}

/** Suite, cluster, progress, phase with its countdown, elapsed and left, failures. */
export function headerLine({state, benchmark, model, now, width}: HeaderView, glyphs: Glyphs): Line {
	const {total, done, failed} = selectProgress(state);
	const standing = runStanding(state, now);
	const cluster = clusterName(state.args);
	const isNarrow = width < 100;
	const isTiny = width < 70;
	const failures: Line = failed === 0 ? [] : [segment(`  ${glyphs.failed} ${failed} failed`, 'bad', {bold: true})];
	const right: Line = [
		...phasePart({state, benchmark, model, now, standing, isNarrow}),
		...failures,
		...timePart(state, now, {isNarrow, isTiny, isSilent: standing === 'silent'}),
	];
	const counted: Segment[] = total === 0 ? [] : [segment(` ${done}/${total}`, 'plain', {bold: true})];
	const room = width - lineWidth(counted) - lineWidth(right) - 4;
	const barWidth = total === 0 || room - leastTitle < leastBar ? 0 : leastBar;
	const title = titleOf(state, cluster, {room: room - barWidth, least: isTiny ? leastTitle - 3 : leastTitle}, glyphs);
	const bar = total === 0 || room - lineWidth(title) < leastBar ? [] : barOf((done + partOfRunning(state, now)) / total, Math.min(32, room - lineWidth(title)), glyphs);
	return spread([...title, segment('  '), ...bar, ...counted], right, width);
}

const leastBar = 6;
const leastTitle = 8;

// What says the least gives way first: our own name, the cluster, the end of the suite's name. That figures are those of
// stand-ins always shows: they must not be taken for the protocol's.
function titleOf({name, engine}: RunState, cluster: string | undefined, {room, least}: {readonly room: number; readonly least: number}, glyphs: Glyphs): Line {
	const suite = name === '' ? 'waiting for the runner' : name;
	const rehearsal: Line = engine === 'rehearsal' ? [segment(' (rehearsal)', 'warn', {bold: true})] : [];
	const own: Line = [segment(' benchdeck', 'faint')];
	const place: Line = cluster === undefined ? [] : [segment(` on ${cluster}`, 'muted')];
	const title: Line = [segment(` ${suite}`, 'plain', {bold: true})];
	const fitting = [[...own, ...title, ...rehearsal, ...place], [...title, ...rehearsal, ...place], [...title, ...rehearsal]].find(line => lineWidth(line) <= room);
	return fitting ?? [...fitLine(title, Math.max(least, room - lineWidth(rehearsal)), glyphs.ellipsis), ...rehearsal];
}

function barOf(part: number, width: number, glyphs: Glyphs): Line {
	const {full, rest} = progressBar(part, width, glyphs);
	return [segment(full, 'good'), segment(glyphs.track.repeat(rest), 'faint')];
}

// How much of the running benchmark is done, as its estimate has it; never all of it.
function partOfRunning(state: RunState, now: number): number {
	if (state.outcome !== undefined) {
		return 0;
	}

	const running = state.benchmarks.find(({status}) => status === 'running');
	return running?.startedAt === undefined || running.estimateMs <= 0 ? 0 : Math.min(0.95, ((running.endedAt ?? now) - running.startedAt) / running.estimateMs);
}

type PhaseView = Pick<HeaderView, 'state' | 'benchmark' | 'model' | 'now'> & {readonly standing: ReturnType<typeof runStanding>; readonly isNarrow: boolean};

function phasePart({state, benchmark, model, now, standing, isNarrow}: PhaseView): Line {
	if (model.at !== undefined && benchmark) {
		const phase = phaseAt(benchmark, model.at);
		return [segment(`  ${benchmark.id} at ${shortTime(model.at - (benchmark.startedAt ?? model.at))}`, 'accent', {bold: true}), segment(phase ? ` ${phaseWords(phase.phase)}` : '', 'muted')];
	}

	switch (standing) {
		case 'finished': {
			return [segment('  finished', 'good', {bold: true})];
		}

		case 'failed': {
			return [segment('  done', 'warn', {bold: true})];
		}

		case 'interrupted': {
			return [segment('  interrupted', 'bad', {bold: true})];
		}

		case 'silent': {
			return [segment(isRunnerGone(state) ? '  the runner is gone' : `  no sign of the runner for ${shortTime(now - state.lastEventAt)}`, 'bad', {bold: true})];
		}

		case 'waiting': {
			return [];
		}

		case 'running':
		case 'stopping': {
			return [...(standing === 'stopping' ? [segment('  stopping', 'warn', {bold: true})] : []), ...runningPhase(state, benchmark, now, isNarrow)];
		}
	}
}

function runningPhase(state: RunState, benchmark: BenchmarkState | undefined, now: number, isNarrow: boolean): Line {
	const running = state.benchmarks.find(({status}) => status === 'running') ?? benchmark;
	if (running?.phase === undefined || running.status !== 'running') {
		return [];
	}

	const spentS = Math.max(0, Math.floor((now - (running.phaseAt ?? now)) / 1000));
	const expectedS = running.phaseMs === undefined ? undefined : Math.round(running.phaseMs / 1000);
	const countdown = expectedS === undefined || expectedS === 0
		? (spentS > 0 ? ` ${spentS} s` : '')
		: ` ${Math.min(spentS, expectedS)} s of ${expectedS} s${spentS > expectedS + 1 ? `, ${spentS - expectedS} s over` : ''}`;
	return [segment(isNarrow ? ' ' : `  ${running.id} `, 'muted'), segment(phaseNow(running), 'accent', {bold: true}), segment(countdown, 'accent')];
}

function timePart(state: RunState, now: number, {isNarrow, isTiny, isSilent}: {readonly isNarrow: boolean; readonly isTiny: boolean; readonly isSilent: boolean}): Line {
	if (state.startedAt === 0) {
		return [];
	}

	const print = isNarrow ? shortTime : printSeconds;
	const elapsed = segment(`  ${print(selectElapsed(state, now))}`);
	const leftMs = selectEta(state, now);
	// What has outlived its estimate, or has none, ends when it ends.
	if (state.outcome !== undefined || isSilent || leftMs < 1000) {
		return [elapsed, segment(' ')];
	}

	return isTiny ? [segment(`  ${print(leftMs)} left `, 'muted')] : [elapsed, segment(` + ${print(leftMs)} left `, 'muted')];
}
