using System.Globalization;
using AlertDavao.Domain.Geography;

namespace AlertDavao.Tests.Domain.Geography;

public sealed class ManilaTimeTests
{
    public static TheoryData<string, string> Read() => new()
    {
        // Without an offset: Manila's clock.
        { "2024-06-07 12:00:00", "2024-06-07T04:00:00.0000000" },
        { "2024-06-07 00:00:00", "2024-06-06T16:00:00.0000000" },
        { "2024-06-07 07:59:59", "2024-06-06T23:59:59.0000000" },
        { "2024-06-07 08:00:00", "2024-06-07T00:00:00.0000000" },
        { "2024-06-07 23:59:59", "2024-06-07T15:59:59.0000000" },
        { "2024-02-29 08:00:00", "2024-02-29T00:00:00.0000000" },
        { "  2024-06-07 12:00:00\r\n", "2024-06-07T04:00:00.0000000" },
        { "0001-01-01 08:00:00", "0001-01-01T00:00:00.0000000" },
        { "9999-12-31 23:59:59", "9999-12-31T15:59:59.0000000" },
        // In years in which other places, and once Manila, moved their clocks: still UTC+8.
        { "2000-07-01 12:00:00", "2000-07-01T04:00:00.0000000" },
        { "2024-03-31 02:30:00", "2024-03-30T18:30:00.0000000" },
        // With an offset.
        { "2024-06-07T04:00:00Z", "2024-06-07T04:00:00.0000000" },
        { "2024-06-07T12:00:00+08:00", "2024-06-07T04:00:00.0000000" },
        { "2024-06-07 12:00:00+08:00", "2024-06-07T04:00:00.0000000" },
        { "2024-06-07 04:00:00Z", "2024-06-07T04:00:00.0000000" },
        { "2024-06-06T23:00:00-05:00", "2024-06-07T04:00:00.0000000" },
        { "2024-06-07T09:45:00+05:45", "2024-06-07T04:00:00.0000000" },
        { "2024-06-07T04:00:00-00:00", "2024-06-07T04:00:00.0000000" },
        { "2024-06-07T18:00:00+14:00", "2024-06-07T04:00:00.0000000" },
        { "2024-06-07T04:00Z", "2024-06-07T04:00:00.0000000" },
        { "2024-06-07T12:00+08:00", "2024-06-07T04:00:00.0000000" },
        { "2024-06-07T23:59:59.999+08:00", "2024-06-07T15:59:59.9990000" },
        { "2024-06-07T04:00:00.1Z", "2024-06-07T04:00:00.1000000" },
        { "2024-06-07T04:00:00.1234567Z", "2024-06-07T04:00:00.1234567" },
        { "2024-06-07 12:00:00.5+08:00", "2024-06-07T04:00:00.5000000" },
        { "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000" },
        { "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999" },
    };

    public static TheoryData<string?> Refused() => new(
        null, "", " ", "garbage", "now", "0", "1717732800", "2024", "2024-06", "2024-06-07", "12:00:00",
        // ISO without an offset: nobody could say which clock it means.
        "2024-06-07T12:00:00", "2024-06-07T12:00", "2024-06-07T12:00:00.123", "2024-06-07 12:00:00.123", "2024-06-07 12:00",
        // No such moment.
        "2024-13-07 12:00:00", "2024-00-07 12:00:00", "2024-06-31 12:00:00", "2023-02-29 12:00:00", "2024-06-00 12:00:00",
        "2024-06-07 24:00:00", "2024-06-07 12:60:00", "2016-12-31 23:59:60", "2016-12-31T23:59:60Z", "2024-06-07T24:00:00Z",
        "2024-13-07T12:00:00Z", "0000-01-01T00:00:00Z",
        // Beyond what UTC can say.
        "0001-01-01 00:00:00", "0001-01-01 07:59:59", "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00", "10000-01-01T00:00:00Z",
        // Not the agreed form.
        "2024-6-7 12:00:00", "07.06.2024 12:00:00", "06/07/2024 12:00:00", "2024/06/07 12:00:00", "20240607T120000Z", "-2024-06-07T12:00:00Z",
        "2024-06-07t12:00:00z", "2024-06-07T12:00:00 Z", "2024-06-07T12:00:00+8:00", "2024-06-07T12:00:00+08", "2024-06-07T12:00:00+0800",
        "2024-06-07T12:00:00+15:00", "2024-06-07T12:00:00+08:60", "2024-06-07T12:00:00\u221208:00", "2024-06-07T12:00:00.12345678Z",
        "2024-06-07T12:00:00,5Z", "2024-06-07  12:00:00", "2024-06-07 12:00:00 PM", "2024-06-07 12:00:00; DROP TABLE reports",
        "2024-06-07 12:00:00\0", "\u0662\u0660\u0662\u0664-06-07 12:00:00", "Z", "+08:00", "2024-06-07+08:00", "2024-06-07T+08:00");

    [Theory]
    [MemberData(nameof(Read))]
    public void A_time_is_read_as_the_moment_it_means_in_UTC(string text, string utc)
    {
        ManilaTime.TryParse(text, out var instant).Should().BeTrue();

        instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture).Should().Be(utc);
        instant.Offset.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_text_that_names_no_moment_is_refused(string? text)
    {
        ManilaTime.TryParse(text, out var instant).Should().BeFalse();

        instant.Should().Be(default(DateTimeOffset));
    }

    [Theory]
    [InlineData('2')]
    [InlineData(' ')]
    [InlineData('Z')]
    [InlineData('\0')]
    public void Ten_thousand_characters_are_refused(char character)
        => ManilaTime.TryParse("2024-06-07" + new string(character, 10_000), out _).Should().BeFalse();

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("fi-FI")]
    public void The_calendar_of_the_server_changes_no_reading(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            ManilaTime.TryParse("2024-06-07 12:00:00", out var plain).Should().BeTrue();
            ManilaTime.TryParse("2024-06-07T12:00:00.5+08:00", out var iso).Should().BeTrue();
            (plain, iso).Should().Be((Utc(4, 0, 0), Utc(4, 0, 0).AddMilliseconds(500)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    public static TheoryData<DateTimeOffset, DateTimeOffset> Days() => new()
    {
        // In UTC, Manila's 7 June runs from 16:00 on the 6th until 16:00 on the 7th.
        { Utc(16, 0, 0).AddTicks(-1), Utc(16, 0, 0).AddDays(-1) },
        { Utc(15, 59, 59).AddMilliseconds(999), Utc(16, 0, 0).AddDays(-1) },
        { Utc(16, 0, 0), Utc(16, 0, 0) },
        { Utc(16, 0, 0).AddTicks(1), Utc(16, 0, 0) },
        { Utc(0, 0, 0), Utc(16, 0, 0).AddDays(-1) },
        { Utc(23, 59, 59).AddMilliseconds(999), Utc(16, 0, 0) },
        { new(2024, 6, 7, 11, 0, 0, TimeSpan.FromHours(-5)), Utc(16, 0, 0) },
        { new(2024, 6, 7, 0, 0, 0, ManilaTime.Offset), Utc(16, 0, 0).AddDays(-1) },
        { new(2023, 12, 31, 16, 0, 0, TimeSpan.Zero), new(2023, 12, 31, 16, 0, 0, TimeSpan.Zero) },
    };

    [Theory]
    [MemberData(nameof(Days))]
    public void A_day_begins_at_midnight_in_Manila(DateTimeOffset instant, DateTimeOffset began)
        => ManilaTime.StartOfDay(instant).Should().Be(began);

    [Theory]
    [MemberData(nameof(Days))]
    public void The_clock_in_Manila_shows_the_same_moment_eight_hours_on(DateTimeOffset instant, DateTimeOffset began)
    {
        ManilaTime.Of(instant).Should().Be(instant).And.BeOnOrAfter(began);

        ManilaTime.Of(instant).Offset.Should().Be(TimeSpan.FromHours(8));
    }

    private static DateTimeOffset Utc(int hour, int minute, int second) => new(2024, 6, 7, hour, minute, second, TimeSpan.Zero);
}
