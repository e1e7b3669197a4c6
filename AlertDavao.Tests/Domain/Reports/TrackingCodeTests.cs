using AlertDavao.Domain.Reports;

namespace AlertDavao.Tests.Domain.Reports;

public sealed class TrackingCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Theory]
    [InlineData("0000000000", "DVO-0000-0000")]
    [InlineData("FFFFFFFFFF", "DVO-ZZZZ-ZZZZ")]
    [InlineData("0000000001", "DVO-0000-0001")]
    [InlineData("8000000000", "DVO-G000-0000")]
    [InlineData("0000100000", "DVO-0001-0000")]
    [InlineData("00000FFFFF", "DVO-0000-ZZZZ")]
    public void Forty_bits_become_eight_characters(string bits, string code)
        => TrackingCode.From(Convert.FromHexString(bits)).Should().Be(code);

    [Fact]
    public void A_code_has_the_shape_a_person_reads_out_without_I_L_O_U()
        => Samples(10_000).Select(sample => TrackingCode.From(sample))
            .Should().OnlyContain(code => System.Text.RegularExpressions.Regex.IsMatch(code, "^DVO-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\\z"));

    [Fact]
    public void Every_character_of_the_alphabet_is_used_at_every_position()
    {
        var codes = Samples(10_000).Select(sample => TrackingCode.From(sample)).ToList();

        new[] { 4, 5, 6, 7, 9, 10, 11, 12 }.Should().OnlyContain(at => codes.Select(code => code[at]).Distinct().Count() == 32);
    }

    [Fact]
    public void The_bits_can_be_read_back_so_no_two_samples_share_a_code()
    {
        var samples = Samples(10_000).ToList();

        samples.Select(sample => TrackingCode.From(sample)).Select(Bits).Should().Equal(samples.Select(Bits));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(16)]
    public void Any_other_number_of_bytes_is_refused(int length)
    {
        var make = () => TrackingCode.From(new byte[length]);

        make.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static IEnumerable<byte[]> Samples(int count)
    {
        var random = new Random(40);
        for (var at = 0; at < count; at++)
        {
            var sample = new byte[TrackingCode.RandomBytes];
            random.NextBytes(sample);
            yield return sample;
        }
    }

    private static long Bits(string code)
        => code[4..].Where(character => character != '-').Aggregate(0L, (bits, character) => (bits << 5) | (uint)Alphabet.IndexOf(character));

    private static long Bits(byte[] sample) => sample.Aggregate(0L, (bits, part) => (bits << 8) | part);
}
