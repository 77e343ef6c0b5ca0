import {repeated, suite} from '../../source/index.ts';
import {fig2Inputs, fig2Summary} from '../simplebpaxos/fig2.ts';
import {superbpaxos} from './superbpaxos.ts';

export default suite({
	protocol: superbpaxos,
	name: 'superbpaxos_nsdi_fig_2_ablation',
	description: 'Three super nodes: what taking BPaxos apart is measured against (NSDI, figure 2).',
	inputs: () => repeated(3, fig2Inputs(3, '100m')),
	summary: fig2Summary,
});
