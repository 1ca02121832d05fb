//! What the pages say: words in English and Chinese, to be put together.

/// What fails.
pub const ACTIONS: [(&str, &str); 20] = [
    ("open", "打开"),
    ("close", "关闭"),
    ("create", "创建"),
    ("release", "释放"),
    ("register", "注册"),
    ("unregister", "注销"),
    ("load", "加载"),
    ("save", "保存"),
    ("bind", "绑定"),
    ("update", "更新"),
    ("query", "查询"),
    ("delete", "删除"),
    ("encode", "编码"),
    ("decode", "解码"),
    ("start", "启动"),
    ("stop", "停止"),
    ("verify", "校验"),
    ("connect to", "连接"),
    ("subscribe to", "订阅"),
    ("export", "导出"),
];

/// With what it fails.
pub const OBJECTS: [(&str, &str); 24] = [
    ("image", "图片"),
    ("audio stream", "音频流"),
    ("account", "帐号"),
    ("window", "窗口"),
    ("sensor", "传感器"),
    ("key pair", "密钥对"),
    ("database", "数据库"),
    ("network", "网络"),
    ("map layer", "地图图层"),
    ("printer", "打印机"),
    ("certificate", "证书"),
    ("notification", "通知"),
    ("file", "文件"),
    ("calendar", "日历"),
    ("camera", "相机"),
    ("bundle", "应用包"),
    ("wallet card", "卡券"),
    ("location", "位置"),
    ("scan result", "扫码结果"),
    ("health record", "健康数据"),
    ("push token", "推送令牌"),
    ("input device", "输入设备"),
    ("form card", "卡片"),
    ("speech model", "语音模型"),
];

/// Why it fails.
pub const REASONS: [(&str, &str); 12] = [
    ("The parameter is invalid", "传入的参数无效"),
    ("The service is busy", "系统服务繁忙"),
    ("The memory is insufficient", "设备内存不足"),
    ("The connection timed out", "与服务的连接超时"),
    ("The caller lacks a permission", "应用没有申请所需的权限"),
    ("The device does not support it", "当前设备不支持该能力"),
    ("The operation is repeated", "短时间内重复调用了接口"),
    ("The state is wrong", "对象所处的状态不允许此操作"),
    ("The quota is used up", "调用次数超过了当日配额"),
    ("The user cancelled it", "用户取消了操作"),
    ("The format is unknown", "数据的格式无法识别"),
    ("The internal data is damaged", "内部数据已经损坏"),
];

/// What to do about it.
pub const REMEDIES: [&str; 12] = [
    "检查传入的参数是否在取值范围内，改正后重新调用接口。",
    "稍后重试；若多次重试仍然失败，请提交工单并附上日志。",
    "在module.json5中声明所需的权限，并在运行时向用户申请授权。",
    "调用接口前先判断设备是否支持该能力，不支持时隐藏相关入口。",
    "确认网络可用后重试。",
    "释放不再使用的对象，减少同时存在的实例数量后再创建。",
    "确认对象已经初始化完成，再调用本接口。",
    "重新启动应用或设备，使服务回到正常状态。",
    "使用try/catch捕获异常，并根据err.code给用户明确的提示。",
    "应用无需特殊处理。",
    "升级系统到最新版本后再次尝试。",
    "减少单次处理的数据量，分批完成操作。",
];

/// Where the remedies are described, by the last part of the address and by what it is called.
pub const GUIDES: [(&str, &str); 6] = [
    ("declare-permissions", "声明权限"),
    ("request-user-authorization", "向用户申请授权"),
    ("log-collection", "收集日志"),
    ("performance-overview", "性能分析概述"),
    ("network-connection-manager", "管理网络连接"),
    ("faq-overview", "常见问题"),
];

/// Codes that the site has on several pages.
pub const SHARED: [usize; 4] = [201, 401, 801, 1001];
