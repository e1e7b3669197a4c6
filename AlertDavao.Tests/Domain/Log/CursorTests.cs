using System.Buffers.Text;
using System.Text;
using AlertDavao.Domain.Log;

namespace AlertDavao.Tests.Domain.Log;

public sealed class CursorTests
{
    private const long Epoch = 0x1234_5678_9ABC_DEF0;

    private static readonly string[] AllLogs = [.. Seeds.StationCodes, "CITY"];

    public static TheoryData<long> Numbers() => new(0, 1, 127, 128, 16_383, 16_384, int.MaxValue, uint.MaxValue, long.MaxValue - 1, long.MaxValue);

    [Fact]
    public void The_empty_cursor_is_the_empty_text()
        => Cursor.Empty.ToString().Should().BeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void No_text_is_the_empty_cursor(string? text)
    {
        Cursor.TryParse(text, out var cursor).Should().BeTrue();

        cursor.Should().Be(Cursor.Empty);
        (cursor.IsEmpty, cursor.Epoch).Should().Be((true, 0));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_cursor_of_one_log_reads_back(long number)
        => ReadBack(Cursor.At(Epoch, [new("PS3", number)])).Of("PS3").Should().Be(number);

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_cursor_of_all_21_logs_reads_back_equal(long number)
    {
        var cursor = Cursor.At(Epoch, AllLogs.Select(log => KeyValuePair.Create(log, number)));

        ReadBack(cursor).Should().Be(cursor);
        cursor.Logs.Should().HaveCount(21);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Any_epoch_reads_back(long epoch)
        => ReadBack(Cursor.At(epoch, [new("PS1", 7)])).Epoch.Should().Be(epoch);

    [Fact]
    public void The_text_of_all_logs_at_their_largest_numbers_fits_in_1024_characters()
        => Full().ToString().Length.Should().BeInRange(21, 1_024);

    [Fact]
    public void The_text_may_stand_in_a_URL_as_it_is()
        => Full().ToString().Should().MatchRegex("^[A-Za-z0-9_-]+$");

    [Fact]
    public void A_log_that_was_never_read_stands_at_0()
    {
        var cursor = Cursor.At(Epoch, [new("PS1", 7), new("PS2", 0)]);

        (cursor.Of("PS3"), cursor.Knows("PS3"), cursor.Of("PS2"), cursor.Knows("PS2")).Should().Be((0, false, 0, true));
    }

    [Fact]
    public void A_step_changes_its_log_alone_and_leaves_the_old_cursor_as_it_was()
    {
        var before = Cursor.At(Epoch, [new("PS1", 7), new("PS2", 9)]);

        var after = before.With("PS1", 8).With("CITY", 1);

        after.Should().Be(Cursor.At(Epoch, [new("CITY", 1), new("PS1", 8), new("PS2", 9)]));
        before.Of("PS1").Should().Be(7);
    }

    [Fact]
    public void Cursors_are_equal_whatever_the_order_of_their_logs()
    {
        var one = Cursor.At(Epoch, [new("PS1", 7), new("PS2", 9)]);
        var other = Cursor.At(Epoch, [new("PS2", 9), new("PS1", 7)]);

        one.Equals((object)other).Should().BeTrue();
        one.GetHashCode().Should().Be(other.GetHashCode());
        one.ToString().Should().Be(other.ToString());
    }

    public static TheoryData<Cursor> Different() => new(
        Cursor.Empty,
        Cursor.At(Epoch + 1, [new("PS1", 7)]),
        Cursor.At(Epoch, [new("PS1", 8)]),
        Cursor.At(Epoch, [new("PS2", 7)]),
        Cursor.At(Epoch, [new("PS1", 7), new("PS2", 0)]));

    [Theory]
    [MemberData(nameof(Different))]
    public void Cursors_that_differ_in_epoch_log_or_number_are_not_equal(Cursor other)
    {
        var cursor = Cursor.At(Epoch, [new("PS1", 7)]);

        cursor.Equals(other).Should().BeFalse();
        cursor.ToString().Should().NotBe(other.ToString());
    }

    public static TheoryData<string, string> Hostile()
    {
        var good = Cursor.At(Epoch, [new("PS1", 7), new("PS2", 300)]).ToString();
        return new()
        {
            { "a word", "garbage" },
            { "one character", "A" },
            { "a URL", "https://example.com/?after=1" },
            { "a path", "../../etc/passwd" },
            { "a JSON text", "{\"epoch\":1}" },
            { "non-ASCII letters", "k\u00F6nig" },
            { "full-width letters", "\uFF21\uFF21\uFF21\uFF21" },
            { "a lone surrogate", "\uD800\uD800" },
            { "NUL", "\0\0\0\0" },
            { "10 KB of one letter", new string('A', 10_240) },
            { "10 KB behind a good one", good + new string('A', 10_240) },
            { "1,025 characters", new string('A', 1_025) },
            { "a space behind", good + " " },
            { "a line feed inside", good.Insert(4, "\n") },
            { "the other base64 alphabet", Convert.ToBase64String(Bytes(1, [0xFB, 0xFF, 0xFE, 0, 0, 0, 0, 0], Log("PS1", 7))) },
            { "padding", Base64Url.EncodeToString(Bytes(1, new byte[8], Log("PS1", 7), Log("PS10", 200))) + "=" },
            { "format 0", Encoded(0, Log("PS1", 7)) },
            { "format 2", Encoded(2, Log("PS1", 7)) },
            { "format 255", Encoded(255, Log("PS1", 7)) },
            { "the format alone", Base64Url.EncodeToString([1]) },
            { "half an epoch", Base64Url.EncodeToString([1, 2, 3, 4]) },
            { "an epoch and no log", Encoded(1) },
            { "a log without a number", Encoded(1, [3, (byte)'P', (byte)'S', (byte)'1']) },
            { "a name cut short", Encoded(1, [9, (byte)'P', (byte)'S', (byte)'1']) },
            { "a name of 2 GB", Encoded(1, [0xFF, 0xFF, 0xFF, 0xFF, 0x07, (byte)'P']) },
            { "a name of negative length", Encoded(1, [0xFF, 0xFF, 0xFF, 0xFF, 0x0F, (byte)'P']) },
            { "an empty name", Encoded(1, Log("", 7)) },
            { "a name of 17 letters", Encoded(1, Log("ABCDEFGHIJKLMNOPQ", 7)) },
            { "a name with a sign", Encoded(1, Log("PS-1", 7)) },
            { "a name that is not ASCII", Encoded(1, [2, 0xC3, 0xA9, 7]) },
            { "a negative number", Encoded(1, Log("PS1", -1)) },
            { "the lowest number", Encoded(1, Log("PS1", long.MinValue)) },
            { "a number of eleven bytes", Encoded(1, [1, (byte)'P', .. Enumerable.Repeat((byte)0x80, 10), 0]) },
            { "a number written longer than needed", Encoded(1, [1, (byte)'P', 0x87, 0x00]) },
            { "a log twice", Encoded(1, Log("PS1", 7), Log("PS1", 8)) },
            { "a log twice with one number", Encoded(1, Log("PS1", 7), Log("PS1", 7)) },
            { "logs out of order", Encoded(1, Log("PS2", 7), Log("PS1", 7)) },
            { "65 logs", Encoded(1, [.. Enumerable.Range(10, 65).Select(at => Log($"{at}", 1))]) },
        };
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_text_that_no_cursor_wrote_is_refused(string what, string text)
    {
        Cursor.TryParse(text, out var cursor).Should().BeFalse(what);

        cursor.Should().Be(Cursor.Empty);
    }

    [Fact]
    public void A_text_cut_anywhere_never_reads_as_the_whole_and_never_throws()
    {
        var text = Full().ToString();

        var read = Enumerable.Range(1, text.Length - 1)
            .Where(length => Cursor.TryParse(text[..length], out var cursor) && (cursor.Equals(Full()) || cursor.ToString() != text[..length]));

        read.Should().BeEmpty();
    }

    [Fact]
    public void Random_texts_are_refused_or_read_back_as_they_are()
    {
        var random = new Random(1);
        var texts = Enumerable.Range(0, 20_000).Select(_ =>
        {
            var bytes = new byte[random.Next(1, 60)];
            random.NextBytes(bytes);
            bytes[0] = 1;
            return Base64Url.EncodeToString(bytes);
        });

        texts.Where(text => Cursor.TryParse(text, out var cursor) && cursor.ToString() != text).Should().BeEmpty();
    }

    private static Cursor Full() => Cursor.At(long.MinValue, AllLogs.Select(log => KeyValuePair.Create(log, long.MaxValue)));

    private static Cursor ReadBack(Cursor cursor)
    {
        Cursor.TryParse(cursor.ToString(), out var read).Should().BeTrue();
        return read;
    }

    private static string Encoded(byte format, params byte[][] logs) => Base64Url.EncodeToString(Bytes(format, [8, 7, 6, 5, 4, 3, 2, 1], logs));

    private static byte[] Bytes(byte format, byte[] epoch, params byte[][] logs) => [format, .. epoch, .. logs.SelectMany(log => log)];

    private static byte[] Log(string name, long number)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.ASCII);
        writer.Write(name);
        writer.Write7BitEncodedInt64(number);
        return bytes.ToArray();
    }
}
