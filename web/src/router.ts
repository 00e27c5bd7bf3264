// Places are in the fragment (`/#/drafts`): the service serves one file and need not know them.
import {nextTick} from 'vue';
import {createRouter, createWebHashHistory, type RouteRecordRaw} from 'vue-router';

import {resume} from './service/session';

declare module 'vue-router' {
  interface RouteMeta {
    title: string;
    open?: boolean; // needs nobody signed in
  }
}

const routes: RouteRecordRaw[] = [
  {
    path: '/sign-in',
    component: () => import('./pages/SignIn.vue'),
    meta: {title: '登录', open: true},
  },
  {
    path: '/setup',
    component: () => import('./pages/SetUp.vue'),
    meta: {title: '初始设置', open: true},
  },
  {path: '/', component: () => import('./pages/Dashboard.vue'), meta: {title: '工作台'}},
  {path: '/library', component: () => import('./pages/Library.vue'), meta: {title: '政策库'}},
  {
    path: '/library/documents/:id',
    component: () => import('./pages/LibraryDocument.vue'),
    meta: {title: '文件'},
  },
  {path: '/policies/:id', component: () => import('./pages/Policy.vue'), meta: {title: '政策'}},
  {path: '/enterprises', component: () => import('./pages/Enterprises.vue'), meta: {title: '企业'}},
  {
    path: '/enterprises/import',
    component: () => import('./pages/EnterpriseImport.vue'),
    meta: {title: '导入企业'},
  },
  {
    path: '/enterprises/:id',
    component: () => import('./pages/Enterprise.vue'),
    meta: {title: '政策体检'},
  },
  {path: '/drafts', component: () => import('./pages/Drafts.vue'), meta: {title: '公文'}},
  {
    path: '/drafts/new',
    component: () => import('./pages/Templates.vue'),
    meta: {title: '选择模板'},
  },
  {path: '/drafts/proof', component: () => import('./pages/Proof.vue'), meta: {title: '校对文稿'}},
  {
    path: '/drafts/new/:template',
    component: () => import('./pages/DraftEditor.vue'),
    meta: {title: '起草'},
  },
  {path: '/drafts/:id', component: () => import('./pages/DraftEditor.vue'), meta: {title: '文稿'}},
  {path: '/ledger', component: () => import('./pages/Ledger.vue'), meta: {title: '台账'}},
  {
    path: '/ledger/returned',
    component: () => import('./pages/Returned.vue'),
    meta: {title: '收回表格'},
  },
  {path: '/ledger/:id', component: () => import('./pages/Problem.vue'), meta: {title: '问题'}},
  {path: '/assessments', component: () => import('./pages/Assessments.vue'), meta: {title: '考核'}},
  {
    path: '/assessments/:name',
    component: () => import('./pages/Assessments.vue'),
    meta: {title: '考核'},
  },
  {
    path: '/assessments/:name/returned',
    component: () => import('./pages/ReturnedScores.vue'),
    meta: {title: '收回评分表'},
  },
  {
    path: '/inspections',
    component: () => import('./pages/Inspections.vue'),
    meta: {title: '入企检查'},
  },
  {path: '/jobs', component: () => import('./pages/Jobs.vue'), meta: {title: '任务'}},
  {path: '/system', component: () => import('./pages/System.vue'), meta: {title: '系统'}},
  {path: '/interface', component: () => import('./pages/Interface.vue'), meta: {title: '接口'}},
  {path: '/account', component: () => import('./pages/Account.vue'), meta: {title: '我的账户'}},
  {
    path: '/:rest(.*)*',
    component: () => import('./pages/Nowhere.vue'),
    meta: {title: '没有这一页'},
  },
];

export const router = createRouter({history: createWebHashHistory(), routes});

router.beforeEach(async (to) => {
  if (to.meta.open) return true;
  const signedIn = await resume().catch(() => false);
  return signedIn ? true : {path: '/sign-in', query: {to: to.fullPath}};
});

router.afterEach((to, from) => {
  document.title = `${to.meta.title} · 惠策`;
  if (from.matched.length === 0 || to.path === from.path) return;
  // Readers of the screen hear the new page, and the keyboard goes on from its top.
  void nextTick(() => document.getElementById('page')?.focus({preventScroll: true}));
});
