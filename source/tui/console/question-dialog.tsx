import {Dialog} from '../components/dialog.tsx';
import {type ConsoleView} from './console-frame.tsx';
import {type Question} from './model.ts';
import {type Commands} from './use-commands.ts';

type QuestionProps = {
	readonly question: Question;
	readonly view: ConsoleView;
	readonly canStop: boolean;
	readonly isStarter: boolean;
	readonly commands: Commands;
	readonly onStopAndLeave: () => void;
	readonly onClose: () => void;
};

/** What a console asks before it leaves, skips or stops. */
export function QuestionDialog({question, view, canStop, isStarter, commands, onStopAndLeave, onClose}: QuestionProps) {
	const size = {width: view.columns, height: view.rows - 2, onCancel: onClose};
	const agreeing = (label: string, act: () => void) => ({key: 'y', label, take() {
		onClose();
		act();
	}});
	switch (question) {
		case 'leave': {
			const detach = {key: 'd', label: 'detach', take() {
				commands.leave('detached');
			}};
			return canStop
				? (
					<Dialog
						{...size}
						question='The run goes on. Leave it?'
						notes={['detach: it goes on without this console', 'stop: it ends in order, and keeps what has finished']}
						choices={[detach, {key: 's', label: 'stop', take: onStopAndLeave}]}
						onInterrupt={isStarter ? onStopAndLeave : onClose}
					/>
				)
				: (
					<Dialog {...size} question='The run goes on. Leave it?' choices={[detach]} />
				);
		}

		case 'skip': {
			return (
				<Dialog
					{...size}
					question={`Skip benchmark ${view.state.benchmarks.find(({status}) => status === 'running')?.id ?? ''}?`}
					notes={['It ends now and counts as failed; the next one starts.']}
					choices={[agreeing('skip it', commands.skip)]}
				/>
			);
		}

		case 'stop': {
			return (
				<Dialog
					{...size}
					question='Stop the run?'
					notes={['The benchmark that runs is given up; what has finished is kept, and resume can take it up again.']}
					choices={[agreeing('stop it', commands.stop)]}
				/>
			);
		}
	}
}
