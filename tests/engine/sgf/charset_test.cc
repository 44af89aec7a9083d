// Character sets that records do not declare, or declare wrongly.
#include "engine/sgf/charset.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "engine/sgf/converter.h"
#include "engine/sgf/sgf.h"

namespace ponnuki::sgf {
namespace {

std::string encoded(const std::string& text, const std::string& charset) {
  Converter converter(charset, "UTF-8");
  REQUIRE(converter.ok());
  std::string bytes;
  REQUIRE(converter.convert(text, "?", bytes) == 0);
  return bytes;
}

/// What decode_text_bytes() makes of `text`, which is written in `charset`.
DecodedText decoded(const std::string& text, const std::string& charset,
                    const std::string& declared = "") {
  return decode_text_bytes(encoded(text, charset), declared);
}

struct Language {
  const char* charset;
  const char* declared;  // CA
  std::vector<const char*> names;
};
// Players, phrases and nicknames. The guess knows few of these names as a whole.
const Language kLanguages[] = {
    {"GB18030", "GBK", {"黑棋",       "白棋",
                        "古力",       "柯洁",
                        "聂卫平",     "马晓春",
                        "常昊",       "范廷钰",
                        "周睿羊",     "唐韦星",
                        "黄云嵩",     "屠晓宇",
                        "王星昊",     "李维清",
                        "蒋其润",     "秦悦欣",
                        "黑中盘胜",   "黑中盘胜，激烈的劫争",
                        "孤独的剑客", "第22届阿含桐山杯"}},
    {"BIG5-HKSCS",
     "Big5",
     {"黑棋", "白棋", "周俊勳", "陳詩淵", "王元均", "許皓鋐", "黃翊祖", "夏大銘", "白寶祥",
      "蔡丞韋", "楊子萱", "盧鈺樺", "張正平", "黑中押勝", "白勝半目", "棋力業餘五段",
      "餐廳裡的對局"}},
    {"CP932",
     "Shift_JIS",
     {"黒番", "白番", "井山裕太", "一力遼", "芝野虎丸", "牛栄子", "上野梨紗", "大西竜平",
      "佐田篤史", "表示", "ソフト", "黒中押し勝ち", "さくらんぼ", "第48期名人戦第3局", "アキラ"}},
    {"CP949",
     "EUC-KR",
     {"이창호", "신진서", "박정환", "김은지", "최정", "한승주", "강유택", "설현준", "원성진", "흑",
      "흑 불계승", "바둑왕", "하늘바람", "제27회 농심배"}},
    {"EUC-JP",
     "EUC-JP",
     {"黒番", "井山裕太", "一力遼", "芝野虎丸", "牛栄子", "藤沢里菜", "黒中押し勝ち", "さくらんぼ",
      "第48期名人戦第3局"}},
};

TEST_CASE("Charset: undeclared names of two players are read rightly in nearly all pairs") {
  for (const Language& language : kLanguages) {
    int pairs = 0, right = 0;
    for (const char* black : language.names) {
      for (const char* white : language.names) {
        const std::string text =
            std::string("(;GM[1]FF[4]SZ[19]PB[") + black + "]PW[" + white + "];B[pd];W[dd])";
        ++pairs;
        right += decoded(text, language.charset).utf8 == text;
      }
    }
    INFO(language.charset << ": " << right << " of " << pairs);
    CHECK(right * 100 >= pairs * 97);
  }
}

TEST_CASE("Charset: a guess is named") {
  const std::string text = "(;GM[1]FF[4]SZ[9]PB[黑棋手]PW[白棋手]C[黑中盘胜];B[ee];W[cc])";
  CHECK(decoded(text, "GB18030").note ==
        "the character set is not declared: read as GB18030, a guess");
  CHECK(decoded(text, "GB18030", "UTF-8").note ==
        "the text is not what CA[UTF-8] says: read as GB18030, a guess");
  CHECK(decoded(text, "GB18030", "x-marvin").note ==
        "CA[x-marvin] is no known character set: read as GB18030, a guess");
  // Some programs declare what every byte is valid in.
  CHECK(decoded(text, "GB18030", "ISO-8859-1").note.find("GB18030") != std::string::npos);
  CHECK(decoded(text, "GB18030", "windows-1252").utf8 == text);
  for (const char* declared : {"GB18030", "gb2312", "GBK"})
    CHECK(decoded(text, "GB18030", declared).note.empty());
}

TEST_CASE("Charset: wrong declarations") {
  const std::string japanese = "(;PB[井山裕太]PW[一力遼]C[黒中押し勝ち])";
  const DecodedText said_big5 = decoded(japanese, "CP932", "Big5");
  CHECK(said_big5.utf8 == japanese);
  CHECK(said_big5.note.find("CP932") != std::string::npos);
  const std::string chinese = "(;PB[周俊勳]PW[王元均]C[黑中押勝])";
  CHECK(decoded(chinese, "BIG5-HKSCS", "GB2312").utf8 == chinese);
  CHECK_FALSE(decoded(chinese, "BIG5-HKSCS", "GB2312").note.empty());
  const DecodedText is_utf8 = decode_text_bytes(japanese, "Shift_JIS");
  CHECK(is_utf8.utf8 == japanese);
  CHECK(is_utf8.note == "CA[Shift_JIS], but the text is UTF-8: read as that");
  CHECK(decode_text_bytes("(;PB[J\xC3\xBCrgen])", "ISO-8859-1").utf8 == "(;PB[Jürgen])");
}

TEST_CASE("Charset: no guess where nothing is odd") {
  for (const char* declared : {"", "UTF-8", "GB2312", "Shift_JIS", "ISO-8859-1", "x-marvin"}) {
    const DecodedText ascii = decode_text_bytes("(;PB[Tom];B[pd])", declared);
    CHECK(ascii.note.empty());
    CHECK(ascii.exact);
  }
  CHECK(decode_text_bytes("(;PB[吴清源])", "").note.empty());
  CHECK(decode_text_bytes("(;PB[J\xFCrgen])", "ISO-8859-1").note.empty());
  CHECK(decoded("(;PB[Иванов])", "CP1251", "windows-1251").note.empty());
}

TEST_CASE("Charset: what is declared rightly is read so, however rare the names") {
  for (const Language& language : kLanguages) {
    for (const char* black : language.names) {
      for (const char* white : language.names) {
        const std::string text = std::string("(;PB[") + black + "]PW[" + white + "])";
        const DecodedText read = decoded(text, language.charset, language.declared);
        INFO(text);
        CHECK(read.utf8 == text);
        CHECK(read.note.empty());
      }
    }
  }
}

TEST_CASE("Charset: European names") {
  for (const char* name : {"Jürgen", "Müller", "Erik Öhrn", "José", "François Bérubé",
                           "Sjöström Åke", "Åse Ødegård"}) {
    const std::string text = std::string("(;PB[") + name + "]PW[Tom])";
    INFO(name);
    CHECK(decoded(text, "ISO-8859-1").utf8 == text);
    CHECK(decoded(text, "ISO-8859-1").note.find("ISO-8859-1") != std::string::npos);
  }
  const std::string russian = "(;PB[Иванов]PW[Шикшин]C[Черные сдались])";
  CHECK(decoded(russian, "CP1251").utf8 == russian);
  CHECK(decoded(russian, "KOI8-R").utf8 == russian);
}

TEST_CASE("Charset: UTF-16 and UTF-32, with and without a byte order mark") {
  using namespace std::string_literals;
  const std::string text = "(;GM[1]SZ[9]CA[UTF-8]PB[李昌镐];B[ee])";
  const std::pair<const char*, std::string> marks[] = {{"UTF-16LE", "\xFF\xFE"},
                                                       {"UTF-16BE", "\xFE\xFF"},
                                                       {"UTF-32LE", "\xFF\xFE\0\0"s},
                                                       {"UTF-32BE", "\0\0\xFE\xFF"s}};
  for (const auto& [charset, mark] : marks) {
    INFO(charset);
    const std::string bytes = encoded(text, charset);
    for (const char* declared : {"", "UTF-8", "GB2312", "UTF-16"}) {
      const DecodedText marked = decode_text_bytes(mark + bytes, declared);
      CHECK(marked.utf8 == text);
      CHECK(marked.charset == charset);
      CHECK(marked.note.empty());
      const DecodedText bare = decode_text_bytes(bytes, declared);
      CHECK(bare.utf8 == text);
      CHECK(bare.note == "no byte order mark: read as "s + charset + ", a guess");
    }
    CHECK(parse_sgf(mark + bytes)->charset() == charset);
    CHECK(original_offset(decode_text_bytes(mark + bytes, ""), text, 5) ==
          mark.size() + 5 * mark.size());
  }
  CHECK(wide_charset("(;SZ[9])").name.empty());
  CHECK(wide_charset("(\0;"s).name.empty());
}

TEST_CASE("Charset: UTF-8 with a few broken bytes stays UTF-8, with a note") {
  const DecodedText text = decode_text_bytes("(;CA[UTF-8]PB[吴清源\xE5\x90]C[古力])", "UTF-8");
  CHECK(text.utf8 == "(;CA[UTF-8]PB[吴清源\uFFFD\uFFFD]C[古力])");
  CHECK(text.note.find("not UTF-8") != std::string::npos);
}

TEST_CASE("Charset: second bytes that are brackets or backslashes do not end values") {
  // 餐 ends in '\' in Big5, and ー and ソ in CP932 in '[' and '\'.
  const std::pair<const char*, const char*> rows[] = {
      {"BIG5-HKSCS", "餐廳對局，黑棋中押勝，白棋認輸"},
      {"CP932", "コーヒー、ソフト、表示、黒中押し勝ち"},
  };
  for (const auto& [charset, name] : rows) {
    const std::string text = std::string("(;PB[") + name + "]PW[b];B[dd])";
    const auto tree = parse_sgf(encoded(text, charset));
    REQUIRE(tree);
    CHECK(tree->text(0, "PB") == name);
    CHECK(tree->node_count() == 2);
    CHECK(tree->notes(0).size() == 1);
  }
}

TEST_CASE("Charset: a byte that is damaged does not lead astray") {
  std::string bytes = encoded("(;PB[古力]PW[常昊]C[黑中盘胜，激烈的劫争。白棋认输])", "GB18030");
  bytes.insert(bytes.find("])"), "\xFF");
  const DecodedText undeclared = decode_text_bytes(bytes, "");
  CHECK(undeclared.charset == "GB18030");
  CHECK(undeclared.utf8.find("白棋认输\uFFFD") != std::string::npos);
  const DecodedText declared = decode_text_bytes(bytes, "GB2312");
  CHECK(declared.charset == "GB18030");
  CHECK(declared.note == "some bytes are not GB18030: they are replaced by U+FFFD");
}

TEST_CASE("Charset: a single name is read rightly in most records") {
  int names = 0, right = 0;
  for (const Language& language : kLanguages) {
    for (const char* name : language.names) {
      const std::string text = std::string("(;GM[1]FF[4]SZ[19]PB[") + name + "]PW[Tom];B[pd])";
      ++names;
      right += decoded(text, language.charset).utf8 == text;
    }
  }
  INFO(right << " of " << names);
  CHECK(right * 100 >= names * 90);
}

TEST_CASE("Charset: a long text is guessed by its beginning") {
  std::string text = "(;PB[古力]C[";
  for (int i = 0; i < 40'000; ++i) text += "黑棋";
  text += "])";
  CHECK(decoded(text, "GB18030").utf8 == text);
}

}  // namespace
}  // namespace ponnuki::sgf
