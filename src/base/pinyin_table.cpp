#include "base/pinyin_table.h"

#include <array>

namespace doorstep::text {
namespace {

constexpr std::array surnames = std::to_array<Reading>({
    {"尉迟", "yu chi"},  {"万俟", "mo qi"},   {"长孙", "zhang sun"}, {"令狐", "ling hu"},
    {"单于", "chan yu"}, {"澹台", "tan tai"}, {"宰父", "zai fu"},    {"夏侯", "xia hou"},
    {"单", "shan"},      {"曾", "zeng"},      {"解", "xie"},         {"查", "zha"},
    {"仇", "qiu"},       {"区", "ou"},        {"任", "ren"},         {"盖", "ge"},
    {"朴", "piao"},      {"华", "hua"},       {"宁", "ning"},        {"燕", "yan"},
    {"缪", "miao"},      {"翟", "zhai"},      {"员", "yun"},         {"乐", "yue"},
    {"种", "chong"},     {"折", "she"},       {"冼", "xian"},        {"洗", "xian"},
    {"覃", "qin"},       {"葛", "ge"},        {"纪", "ji"},          {"应", "ying"},
    {"繁", "po"},        {"秘", "bi"},        {"郗", "xi"},          {"逄", "pang"},
    {"隗", "wei"},       {"黑", "he"},        {"召", "shao"},        {"重", "chong"},
    {"薄", "bo"},        {"卜", "bu"},        {"尹", "yin"},         {"晟", "cheng"},
    {"祭", "zhai"},      {"相", "xiang"},     {"尉", "wei"},         {"車", "che"},
    {"车", "che"},       {"褚", "chu"},       {"俞", "yu"},          {"柏", "bai"},
    {"谌", "chen"},      {"乜", "nie"},       {"逯", "lu"},          {"訾", "zi"},
    {"過", "guo"},       {"过", "guo"},       {"哈", "ha"},          {"洪", "hong"},
    {"靓", "jing"},      {"莘", "shen"},      {"冒", "mao"},         {"那", "na"},
    {"能", "nai"},       {"瞿", "qu"},        {"撒", "sa"},          {"沈", "shen"},
    {"石", "shi"},       {"殷", "yin"},       {"於", "yu"},          {"臧", "zang"},
    {"占", "zhan"},      {"长", "chang"},     {"阚", "kan"},         {"鲍", "bao"},
});

constexpr std::array common = std::to_array<Reading>({
    {"银行", "yin hang"}, {"长者", "zhang zhe"}, {"重庆", "chong qing"}, {"厦门", "xia men"},
    {"会计", "kuai ji"},  {"音乐", "yin yue"},   {"大夫", "dai fu"},     {"朝阳", "chao yang"},
    {"西藏", "xi zang"},  {"都匀", "du yun"},    {"六安", "lu an"},      {"番禺", "pan yu"},
    {"弄", "nong"},       {"行", "xing"},        {"长", "chang"},        {"重", "zhong"},
    {"乐", "le"},         {"都", "du"},          {"了", "le"},           {"的", "de"},
    {"地", "di"},         {"得", "de"},          {"着", "zhe"},          {"还", "hai"},
    {"楼", "lou"},        {"栋", "dong"},        {"单", "dan"},          {"解", "jie"},
    {"查", "cha"},        {"曾", "ceng"},        {"盛", "sheng"},        {"晟", "sheng"},
});

constexpr std::array several = std::to_array<Reading>({
    {"乐", "le yue"},      {"行", "xing hang"},   {"长", "chang zhang"}, {"重", "chong zhong"},
    {"单", "dan shan"},    {"曾", "zeng ceng"},   {"解", "jie xie"},     {"查", "cha zha"},
    {"朝", "chao zhao"},   {"晟", "sheng cheng"}, {"盛", "sheng cheng"}, {"茜", "qian xi"},
    {"莎", "sha suo"},     {"娜", "na nuo"},      {"卡", "ka qia"},      {"盖", "gai ge"},
    {"柏", "bai bo"},      {"贾", "jia gu"},      {"传", "chuan zhuan"}, {"调", "diao tiao"},
    {"都", "du dou"},      {"佛", "fo fu"},       {"会", "hui kuai"},    {"降", "jiang xiang"},
    {"觉", "jue jiao"},    {"乾", "qian gan"},    {"勒", "le lei"},      {"六", "liu lu"},
    {"陆", "lu liu"},      {"绿", "lv lu"},       {"率", "shuai lv"},    {"蔓", "man wan"},
    {"宓", "mi fu"},       {"南", "nan na"},      {"泊", "bo po"},       {"朴", "pu piao"},
    {"强", "qiang jiang"}, {"覃", "qin tan"},     {"若", "ruo re"},      {"厦", "sha xia"},
    {"石", "shi dan"},     {"适", "shi kuo"},     {"宿", "su xiu"},      {"洗", "xi xian"},
    {"校", "xiao jiao"},   {"血", "xue xie"},     {"叶", "ye xie"},      {"尉", "wei yu"},
    {"育", "yu yo"},       {"员", "yuan yun"},    {"藏", "cang zang"},   {"翟", "zhai di"},
    {"种", "zhong chong"}, {"粘", "zhan nian"},   {"区", "qu ou"},       {"仇", "chou qiu"},
    {"缪", "miao mou"},    {"万", "wan mo"},      {"靓", "liang jing"},  {"奇", "qi ji"},
    {"颉", "jie xie"},     {"参", "can shen"},    {"还", "hai huan"},    {"巷", "xiang hang"},
    {"杉", "shan sha"},    {"槟", "bin bing"},    {"珩", "heng hang"},   {"筠", "yun jun"},
    {"漯", "luo ta"},
});

}  // namespace

std::span<const Reading> surname_readings() {
  return surnames;
}

std::span<const Reading> common_readings() {
  return common;
}

std::span<const Reading> polyphones() {
  return several;
}

}  // namespace doorstep::text
