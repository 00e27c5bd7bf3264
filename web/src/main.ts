import 'element-plus/dist/index.css';
import './style/base.css';

import './setup_link';

import {createApp} from 'vue';

import App from './App.vue';
import {useElements} from './elements';
import {router} from './router';

const app = createApp(App);
useElements(app);
app.use(router);
app.mount('#app');
