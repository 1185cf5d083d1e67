// Every word of the page, in Chinese | English.

const WORDS = {
  home: "掃描愛心券|Scan a voucher",
  homeMore: "用手機相機掃券上的 QR 碼，或按「掃券」。|Use the phone’s camera, or tap Scan.",
  genuine: "真券|Genuine",
  genuineMore: "請收起紙券並蓋印，再按「收券」。|Take and stamp the voucher, then tap Accept.",
  noted: "已記下|Saved on this phone",
  notedMore: "憑紙券結算，請保留紙券。|You are paid on the voucher. Keep it.",
  sure: "中心已確認|Centre confirmed",
  unsaved: "未能記錄，請保留紙券|Not saved: keep the voucher",
  conflict: "已記下，中心會跟進|Saved; we follow up",
  conflictMore: "另一店亦有登記此券。你有紙券便照常結算。|Another shop has it too. You hold the voucher: you are paid.",
  question: "已記下，請問中心|Saved; please ask the centre",
  used: "本店已收過|Already taken here",
  usedMore: "收券時間 {time}。如非同一張券，請留下並致電中心。|Taken {time}. Another voucher? Keep it and call the centre.",
  notOurs: "不是本計劃的券|Not our voucher",
  notOursMore: "請不要收。毋須責怪街坊。|Please do not accept it. Nobody is to blame.",
  expired: "日期已過：請留下紙券，問中心|Past its date: keep the voucher, ask the centre",
  expiredMore: "券上日期至 {day}。中心可能已延期。|The voucher says {day}; it may be extended.",
  cancelled: "此券已停用，請留下並致電中心|No longer in use: keep it, call the centre",
  otherShop: "此券只可在指定店舖使用|Only for named shops",
  otherShopMore: "請看紙券上的店名，把券交還街坊。|See the shop on the voucher; hand it back.",
  unpaired: "請先掃店舖牌|Scan your shop card first",
  unpairedMore: "然後會自動繼續。|Then this voucher continues by itself.",
  paired: "已登記店舖|Shop registered",
  swap: "此手機已登記為另一店|This phone is with another shop",
  swapMore: "現為 {now}。改為 {next}？|Now {now}. Change to {next}?",
  typed: "券碼正確，未能驗真偽|Code right; not verified",
  typedMore: "請看紙券和印章，收起並蓋印。|Check voucher and chop; take and stamp it.",
  mistyped: "券碼有誤，請再核對|Mistyped: check the code",
  unclear: "看不清|Could not read it",
  unclearMore: "移近一點再試，或輸入券碼。|Go closer, or type the code.",
  noCamera: "未能使用鏡頭|No camera",
  noCameraMore: "可用手機相機直接掃券，或按「影相」。|Use the phone’s camera, or tap Photo.",
  aim: "對準券上的 QR 碼|Aim at the QR code",
  practice: "練習，不是真券|Practice only",
  paperWords: "請看紙券上的文字|See the words on the voucher",
  take: "收券|Accept",
  note: "已留下紙券，記下|Kept the voucher: note it",
  change: "更改店舖|Change shop",
  call: "致電中心 {phone}|Call the centre {phone}",
  scan: "掃券|Scan",
  stop: "停止掃描|Stop",
  photo: "影相|Photo",
  number: "輸入券碼|Type the code",
  check: "查券|Check",
  noShop: "未登記店舖|No shop registered",
  allSent: "全部已通知中心|All sent to the centre",
  toSend: "{n} 張未通知中心|{n} not yet sent",
  send: "WhatsApp 通知中心（{n}）|Send by WhatsApp ({n})",
  again: "再傳一次（{n}）|Send again ({n})",
  opened: "已開啟 WhatsApp，記得按「傳送」。未傳送可再按，不會重複計算。|WhatsApp opened: press Send. Sending again never counts twice.",
  sent: "已傳送|I sent it",
  copy: "複製文字|Copy",
  before: "已傳送的紀錄|Sent before",
  browser: "請用手機相機或瀏覽器開啟。|Open with the phone camera or a browser.",
  noStore: "這裏不能記錄，只可驗券。請保留紙券。|Cannot save here: check only. Keep the voucher.",
};

let language = 0;

/** Speak Chinese (0) or English (1). */
export const speak = (chosen) => {
  language = chosen;
  document.documentElement.lang = tag(chosen);
};

/** The language spoken, 0 or 1. */
export const spoken = () => language;

/** Its tag for `lang`. */
export const tag = (which) => (which ? "en" : "zh-HK");

/** The words of a key in the language spoken, or in the other one, its {names} filled in. */
export const say = (key, facts = {}, which = language) => (WORDS[key] || "|").split("|")[which].replace(/\{(\w+)\}/g, (_, name) => facts[name]);
