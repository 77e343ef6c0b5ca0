/*
Shows a scene in the terminal that it is started in, for people who want to look: node --import=tsx test/helpers/look.ts measuring
*/
import {openConsole} from '../../source/tui/open-console.ts';
import {type FakeRun} from './fake-run.ts';
import {crashScene, finishedScene, fleetScene, measuringScene} from './scenes.ts';

const [scene = 'measuring', count = '30'] = process.argv.slice(2);
const scenes: Readonly<Record<string, () => FakeRun>> = {measuring: measuringScene, crash: crashScene, finished: finishedScene, fleet: () => fleetScene(Number(count))};
const run = (scenes[scene] ?? measuringScene)();
const began = Date.now();
const end = await openConsole({
	sources: run.sources, actions: {async skip() {
		run.emit({type: 'warned', message: 'skipped'});
	}, async stop() {
		run.emit({type: 'suite-finished', outcome: 'interrupted', finished: 1, failed: 0});
	}}, role: 'started', comeBack: 'benchdeck attach HAOS', clock: () => run.now + Date.now() - began,
});
console.log(end);
