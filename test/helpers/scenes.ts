/*
Moments of runs, for goldens and pictures: the same ones, so that a picture in the README is a test's.
*/
import {FakeRun} from './fake-run.ts';

const two = (value: number) => String(value).padStart(2, '0');

function lines(run: FakeRun, label: string, count: number, benchmark = '002'): void {
	const words = ['Client warm-up started.', 'New channel to the server.', 'Client warm-up finished.', 'Clients started.', 'Executed 1000 commands.'];
	run.log(benchmark, label, 'out').append(
		Array.from(
			{length: count},
			(_, place) => `41:${two(20 + Math.floor(place / 5))}.${((place * 137) % 900) + 100} INFO  ${words[place % words.length]!}\n`,
		).join(''),
	);
}

/** The second of three benchmarks is measured; a server and two clients. */
export function measuringScene(): FakeRun {
	const run = new FakeRun();
	run.start(1, ['server', 'client_0']);
	run.now += 4000;
	run.finish(1, 0.0582735, 14_731);
	run.start(2, ['server', 'client_0', 'client_1']);
	run.now += 400;
	run.emit({type: 'phase-entered', index: 2, phase: 'warming-up', expectedMs: 1000});
	run.now += 1100;
	run.emit({type: 'phase-entered', index: 2, phase: 'measuring', expectedMs: 2000});
	run.now += 1500;
	run.log('002', 'server', 'out').append('41:20.570 INFO  Server listening.\n41:20.655 DEBUG New channel to client_0.\n41:20.671 DEBUG New channel to client_1.\n');
	lines(run, 'client_0', 4);
	lines(run, 'client_1', 3);
	const began = run.now - 2600;
	run.scrape(2600, ['127.0.0.1:10101', '127.0.0.1:10201'], at => 16_400 * Math.min(1, (at - began) / 700) + 500 * Math.sin(at / 300));
	return run;
}

/** A server has died. */
export function crashScene(): FakeRun {
	const run = measuringScene();
	run.log('002', 'server', 'err').append(
		'Exception in thread "main" java.net.BindException: Address already in use\n\tat sun.nio.ch.Net.bind0(Native Method)\n\tat frankenpaxos.ServerMain.main(ServerMain.scala:41)\n',
	);
	run.emit({type: 'proc-exited', index: 2, label: 'server', returnCode: 1, ended: false});
	run.emit({type: 'proc-exited', index: 2, label: 'client_0', returnCode: -15, ended: true}, {type: 'proc-exited', index: 2, label: 'client_1', returnCode: -15, ended: true});
	run.now += 500;
	run.emit({
		type: 'benchmark-failed',
		index: 2,
		id: '002',
		durationMs: 3500,
		failure: {
			kind: 'proc-died',
			message: 'server on 127.0.0.1 ended with exit code 1 while measuring.',
			label: 'server',
			host: '127.0.0.1',
			returnCode: 1,
			lines: ['Address already in use'],
			hint: 'Another process has its port.',
		},
	});
	run.emit({type: 'benchmark-started', index: 3, id: '003', attempt: 1});
	run.now += 4000;
	run.finish(3, 0.091, 15_200);
	run.emit({type: 'suite-finished', outcome: 'failed', finished: 2, failed: 1});
	return run;
}

/** As many processes as there are panes for, and more. */
export function fleetScene(procs: number): FakeRun {
	const run = new FakeRun({name: 'multipaxos_smoke', inputs: [{f: 1, batch: true}, {f: 1, batch: false}]});
	run.start(1, ['leader_0']);
	run.now += 3000;
	run.finish(1, 0.4, 9000);
	const roles = ['leader', 'acceptor', 'replica', 'proxy_leader', 'batcher', 'client'];
	const labels = Array.from({length: procs}, (_, place) => `${roles[place % roles.length]!}_${Math.floor(place / roles.length)}`);
	run.start(2, labels.toSorted(), procs > 40 ? ['10.0.0.1', '10.0.0.2'] : ['127.0.0.1']);
	run.emit({type: 'phase-entered', index: 2, phase: 'measuring', expectedMs: 10_000});
	run.now += 3000;
	for (const [place, label] of labels.entries()) {
		lines(run, label, 3 + place % 9);
	}

	run.scrape(2800, labels.filter(label => label.startsWith('client')).map((_, place) => `127.0.0.1:${10_001 + place * 100}`), at => 9000 + 400 * Math.sin(at / 500));
	return run;
}

/** All has finished. */
export function finishedScene(): FakeRun {
	const run = measuringScene();
	run.emit(
		{type: 'proc-exited', index: 2, label: 'client_0', returnCode: 0, ended: false},
		{type: 'proc-exited', index: 2, label: 'client_1', returnCode: 0, ended: false},
		{type: 'proc-exited', index: 2, label: 'server', returnCode: -15, ended: true},
	);
	run.now += 1000;
	run.finish(2, 0.0712, 16_212);
	run.start(3, ['server', 'client_0', 'client_1', 'client_2']);
	run.now += 4000;
	run.finish(3, 0.088, 17_003);
	run.emit({type: 'suite-finished', outcome: 'finished', finished: 3, failed: 0});
	return run;
}
