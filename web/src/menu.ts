// What stands in the menu: pages whose operations the service has and the user may call.
import {may} from './service/session';

export interface Entry {
  path: string;
  title: string;
  /** Operations of the contract; one that may be called is enough. */
  needs: string[];
}

const kEntries: Entry[] = [
  {path: '/', title: '工作台', needs: ['getDashboard']},
  {path: '/library', title: '政策库', needs: ['searchLibrary', 'listPolicies']},
  {path: '/enterprises', title: '企业', needs: ['listEnterprises']},
  {path: '/drafts', title: '公文', needs: ['listDrafts']},
  {path: '/ledger', title: '台账', needs: ['listProblems']},
  {path: '/assessments', title: '考核', needs: ['listAssessments']},
  {path: '/inspections', title: '检查', needs: ['listInspectionPlans']},
  {path: '/jobs', title: '任务', needs: ['listJobs']},
  {path: '/system', title: '系统', needs: ['listUsers', 'listAudit', 'putSettings']},
];

export function menu(): Entry[] {
  return kEntries.filter((entry) => entry.needs.some(may));
}
