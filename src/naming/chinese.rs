//! Names for what a page says in Chinese only, where it says it in the set phrases of error
//! messages: `权限校验失败` is `permission verification failed`.
//!
//! A text is put into English as a whole or not at all: half of a phrase may say the opposite.

use super::clause::start_of;
use super::word::split_all;
use crate::text::is_chinese;

/// The phrases, and the English words that an error message would have in their places.
const PHRASES: &[(&str, &str)] = &[
    // What went wrong.
    ("错误", "error"),
    ("异常", "error"),
    ("出错", "error"),
    ("故障", "fault"),
    ("失败", "failed"),
    ("成功", "success"),
    ("无效", "invalid"),
    ("非法", "illegal"),
    ("不合法", "illegal"),
    ("不正确", "incorrect"),
    ("有误", "incorrect"),
    ("未知", "unknown"),
    ("超时", "timed out"),
    ("已过期", "expired"),
    ("过期", "expired"),
    ("已失效", "invalidated"),
    ("失效", "invalidated"),
    ("不存在", "does not exist"),
    ("已存在", "already exists"),
    ("已经存在", "already exists"),
    ("未找到", "not found"),
    ("找不到", "not found"),
    ("为空", "empty"),
    ("不能为空", "cannot be empty"),
    ("缺失", "missing"),
    ("缺少", "missing"),
    ("不足", "insufficient"),
    ("过多", "too many"),
    ("过大", "too large"),
    ("太大", "too large"),
    ("过小", "too small"),
    ("太小", "too small"),
    ("过长", "too long"),
    ("过于频繁", "too frequent"),
    ("太频繁", "too frequent"),
    ("超过", "exceeds"),
    ("超出", "exceeds"),
    ("超限", "exceeds limit"),
    ("越界", "out of range"),
    ("超出范围", "out of range"),
    ("达到", "reached"),
    ("已达", "reached"),
    ("不匹配", "mismatch"),
    ("不一致", "inconsistent"),
    ("不可用", "unavailable"),
    ("不可达", "unreachable"),
    ("不允许", "not allowed"),
    ("禁止", "prohibited"),
    ("被禁止", "prohibited"),
    ("被拒绝", "denied"),
    ("拒绝", "denied"),
    ("受限", "restricted"),
    ("被限制", "restricted"),
    ("冲突", "conflict"),
    ("重复", "duplicate"),
    ("中断", "interrupted"),
    ("繁忙", "busy"),
    ("忙", "busy"),
    ("已满", "full"),
    ("损坏", "corrupted"),
    ("丢失", "lost"),
    ("未就绪", "not ready"),
    ("未授权", "not authorized"),
    ("未登录", "not logged in"),
    ("未开启", "not enabled"),
    ("未使能", "not enabled"),
    ("未启用", "not enabled"),
    ("未打开", "not open"),
    ("未注册", "not registered"),
    ("未初始化", "not initialized"),
    ("未连接", "not connected"),
    ("未绑定", "not bound"),
    ("未安装", "not installed"),
    ("未设置", "not set"),
    ("未实现", "not implemented"),
    ("未配置", "not configured"),
    ("未激活", "not activated"),
    ("已取消", "canceled"),
    ("被取消", "canceled"),
    ("已使用", "already used"),
    ("已被使用", "already used"),
    ("已经被使用过", "already used"),
    ("已关闭", "closed"),
    ("关闭", "off"),
    ("已锁定", "locked"),
    ("被锁定", "locked"),
    ("无权限", "no permission"),
    ("无响应", "no response"),
    ("系统流控", "flow control"),
    ("流控", "flow control"),
    // What is done.
    ("校验", "verification"),
    ("验证", "verification"),
    ("检查", "check"),
    ("检测", "detection"),
    ("访问", "access"),
    ("调用", "call"),
    ("操作", "operation"),
    ("请求", "request"),
    ("响应", "response"),
    ("连接", "connection"),
    ("断开", "disconnection"),
    ("创建", "create"),
    ("初始化", "initialization"),
    ("注册", "registration"),
    ("订阅", "subscription"),
    ("取消订阅", "unsubscription"),
    ("取消", "cancel"),
    ("删除", "delete"),
    ("读取", "read"),
    ("写入", "write"),
    ("解析", "parsing"),
    ("解码", "decoding"),
    ("编码", "encoding"),
    ("加密", "encryption"),
    ("解密", "decryption"),
    ("签名", "signature"),
    ("验签", "signature verification"),
    ("获取", "get"),
    ("设置", "set"),
    ("查询", "query"),
    ("更新", "update"),
    ("升级", "upgrade"),
    ("下载", "download"),
    ("上传", "upload"),
    ("传输", "transfer"),
    ("发送", "send"),
    ("接收", "receive"),
    ("申请", "request"),
    ("分配", "allocation"),
    ("释放", "release"),
    ("启动", "start"),
    ("停止", "stop"),
    ("打开", "open"),
    ("加载", "load"),
    ("保存", "save"),
    ("执行", "execution"),
    ("运行", "run"),
    ("处理", "processing"),
    ("转换", "conversion"),
    ("不通过", "failed"),
    ("超长", "too long"),
    ("手机号", "phone number"),
    ("信息", "information"),
    ("实名", "real name"),
    ("开发者", "developer"),
    ("未加入", "not joined"),
    ("主体", "entity"),
    ("头", "header"),
    ("组", "group"),
    ("关联", "associated"),
    ("格式化", "formatting"),
    ("登录", "login"),
    ("授权", "authorization"),
    ("认证", "authentication"),
    ("鉴权", "authentication"),
    ("支付", "payment"),
    ("安装", "installation"),
    ("卸载", "uninstallation"),
    ("扫描", "scan"),
    ("识别", "recognition"),
    ("渲染", "rendering"),
    ("播放", "playback"),
    ("录制", "recording"),
    ("拷贝", "copy"),
    ("复制", "copy"),
    ("粘贴", "paste"),
    ("通信", "communication"),
    ("服务分发", "service dispatch"),
    // What it is done to.
    ("系统", "system"),
    ("内部", "internal"),
    ("外部", "external"),
    ("服务", "service"),
    ("服务器", "server"),
    ("服务端", "server"),
    ("客户端", "client"),
    ("云端", "cloud"),
    ("云服务", "cloud service"),
    ("云", "cloud"),
    ("网络", "network"),
    ("设备", "device"),
    ("应用", "application"),
    ("程序", "program"),
    ("用户", "user"),
    ("账号", "account"),
    ("帐号", "account"),
    ("华为账号", "HUAWEI ID"),
    ("权限", "permission"),
    ("参数", "parameter"),
    ("入参", "input parameter"),
    ("输入", "input"),
    ("输出", "output"),
    ("返回", "return"),
    ("数据", "data"),
    ("数据库", "database"),
    ("文件", "file"),
    ("目录", "directory"),
    ("路径", "path"),
    ("内存", "memory"),
    ("共享内存", "shared memory"),
    ("缓存", "cache"),
    ("缓冲区", "buffer"),
    ("磁盘", "disk"),
    ("磁盘空间", "disk space"),
    ("存储空间", "storage space"),
    ("存储", "storage"),
    ("空间", "space"),
    ("资源", "resource"),
    ("接口", "API"),
    ("方法", "method"),
    ("函数", "function"),
    ("回调", "callback"),
    ("监听", "listener"),
    ("监听器", "listener"),
    ("事件", "event"),
    ("消息", "message"),
    ("通知", "notification"),
    ("任务", "task"),
    ("会话", "session"),
    ("状态", "state"),
    ("类型", "type"),
    ("格式", "format"),
    ("长度", "length"),
    ("大小", "size"),
    ("数量", "number"),
    ("次数", "count"),
    ("频率", "frequency"),
    ("流量", "traffic"),
    ("范围", "range"),
    ("阈值", "threshold"),
    ("并行阈值", "parallel threshold"),
    ("并发", "concurrency"),
    ("上限", "upper limit"),
    ("下限", "lower limit"),
    ("限制", "limit"),
    ("最大值", "maximum"),
    ("最大限制", "maximum"),
    ("最小值", "minimum"),
    ("配置", "configuration"),
    ("证书", "certificate"),
    ("指纹", "fingerprint"),
    ("密钥", "key"),
    ("密码", "password"),
    ("口令", "password"),
    ("令牌", "token"),
    ("算法", "algorithm"),
    ("算法参数", "algorithm parameter"),
    ("功能", "function"),
    ("子功能", "sub function"),
    ("特性", "feature"),
    ("能力", "capability"),
    ("模型", "model"),
    ("模式", "mode"),
    ("模块", "module"),
    ("组件", "component"),
    ("插件", "plugin"),
    ("窗口", "window"),
    ("页面", "page"),
    ("节点", "node"),
    ("图片", "image"),
    ("图像", "image"),
    ("音频", "audio"),
    ("视频", "video"),
    ("媒体", "media"),
    ("相机", "camera"),
    ("麦克风", "microphone"),
    ("蓝牙", "Bluetooth"),
    ("位置", "location"),
    ("传感器", "sensor"),
    ("屏幕", "screen"),
    ("键盘", "keyboard"),
    ("端口", "port"),
    ("域名", "domain name"),
    ("代理", "proxy"),
    ("协议", "protocol"),
    ("地址", "address"),
    ("链接", "link"),
    ("版本", "version"),
    ("包名", "bundle name"),
    ("名称", "name"),
    ("标识", "ID"),
    ("索引", "index"),
    ("值", "value"),
    ("参数值", "parameter value"),
    ("字段", "field"),
    ("字符串", "string"),
    ("对象", "object"),
    ("实例", "instance"),
    ("上下文", "context"),
    ("环境", "environment"),
    ("时间", "time"),
    ("订单", "order"),
    ("交易", "transaction"),
    ("商品", "product"),
    ("白名单", "allowlist"),
    ("黑名单", "blocklist"),
    ("列表", "list"),
    ("队列", "queue"),
    ("线程", "thread"),
    ("进程", "process"),
    ("进程通信", "IPC"),
    ("命令", "command"),
    ("脚本", "script"),
    ("代码", "code"),
    ("工程", "project"),
    ("编译", "compilation"),
    ("构建", "build"),
    ("依赖", "dependency"),
    ("当前", "current"),
    ("指定", "specified"),
    ("企业", "enterprise"),
    ("管理", "management"),
    ("安全", "security"),
    ("策略", "policy"),
    ("结果", "result"),
    ("结构", "structure"),
    ("通用", "general"),
    ("其他", "other"),
    ("其它", "other"),
    ("本地", "local"),
    ("远程", "remote"),
    ("远端", "remote"),
    ("不支持", "unsupported"),
    ("支持", "support"),
    ("没有", "no"),
    ("无", "no"),
    ("未", "not"),
    ("已", "already"),
    ("或", "or"),
    ("和", "and"),
    ("与", "and"),
    ("及", "and"),
];

/// Words that English does without.
const FILLERS: [&str; 9] = ["错误码", "中的", "的", "该", "此", "了", "被", "在", "到"];

/// The English words for the first piece of a Chinese text; none where a part of it is no set
/// phrase.
pub(super) fn words(text: &str) -> Option<Vec<String>> {
    let ends = |c: char| "，。；：！？、,;:!?\n（(".contains(c);
    let clause = start_of(text.trim())
        .split(ends)
        .find(|clause| !clause.trim().is_empty())?;
    let clause = clause.trim().trim_end_matches('.');
    // `服务异常时` is when the service fails; `超时` is a time-out.
    let clause = clause
        .strip_suffix('时')
        .filter(|rest| !rest.ends_with('超'))
        .unwrap_or(clause);
    if !clause.chars().any(is_chinese) {
        return None;
    }
    let mut words: Vec<String> = Vec::new();
    let mut rest = clause;
    while let Some(c) = rest.chars().next() {
        let is_ascii_word = |c: char| c.is_ascii_alphanumeric();
        if is_ascii_word(c) {
            let end = rest.find(|c| !is_ascii_word(c)).unwrap_or(rest.len());
            words.extend(split_all(&[rest[..end].to_owned()]));
            rest = &rest[end..];
        } else if let Some(filler) = FILLERS.iter().find(|word| rest.starts_with(**word)) {
            rest = &rest[filler.len()..];
        } else if let Some((phrase, english)) = longest_phrase(rest) {
            let is_first = rest.len() == clause.len();
            rest = &rest[phrase.len()..];
            let english = in_place(phrase, english, is_first, rest.is_empty());
            words.extend(english.split(' ').map(str::to_owned));
        } else if " -_/".contains(c) {
            rest = &rest[1..];
        } else {
            return None;
        }
    }
    (!words.is_empty()).then_some(words)
}

fn longest_phrase(text: &str) -> Option<(&'static str, &'static str)> {
    let phrases = PHRASES
        .iter()
        .filter(|(phrase, _)| text.starts_with(phrase));
    phrases.max_by_key(|(phrase, _)| phrase.len()).copied()
}

/// What a phrase is where it stands: a statement about what comes before it, or about what follows.
fn in_place<'a>(phrase: &str, english: &'a str, is_first: bool, is_last: bool) -> &'a str {
    match phrase {
        "不支持" if is_first => english,
        "不支持" if is_last => "not supported",
        "不支持" => "does not support",
        "无" | "没有" if !is_first => "has no",
        "校验" | "验证" if is_first && !is_last => "verify",
        "连接" if is_first && !is_last => "connect",
        _ => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_phrases_have_english_words() {
        for (text, words) in [
            ("权限校验失败", Some("permission verification failed")),
            ("不支持的设备类型", Some("unsupported device type")),
            ("该设备不支持此API", Some("device does not support API")),
            ("文件类型不支持。", Some("file type not supported")),
            ("校验token失败，请重试", Some("verify token failed")),
            ("client_id为空", Some("client id empty")),
            ("调用频率超过阈值", Some("call frequency exceeds threshold")),
            ("今天天气异常", None),
            ("English only", None),
            ("", None),
        ] {
            let found = super::words(text).map(|words| words.join(" "));
            assert_eq!(found.as_deref(), words, "{text}");
        }
    }

    #[test]
    fn every_phrase_is_there_once() {
        let mut phrases: Vec<&str> = PHRASES.iter().map(|(phrase, _)| *phrase).collect();
        phrases.sort_unstable();
        let count = phrases.len();
        phrases.dedup();
        assert_eq!(phrases.len(), count);
    }
}
