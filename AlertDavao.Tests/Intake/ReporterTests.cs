using System.Text;
using AlertDavao.Dashboard.Data;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Intake;

/// <summary>Who reported: sealed at rest, and not kept at all of an anonymous reporter.</summary>
[Collection(IntakeTests.Name)]
public sealed class ReporterTests(LoggedApp app)
{
    [Fact]
    public async Task A_named_reporter_is_sealed_and_stands_nowhere_in_plain()
    {
        await Post("Named", anonymous: false, "Canary Nameday", "0917-555-0142", "ref-canary-1");

        var stored = app.Stored("Named");
        Sealed.Open(app, "Named").Should().Be(new Reporter("ref-canary-1", "Canary Nameday", "0917-555-0142"));
        stored.IsAnonymous.Should().BeFalse();
        BytesOnDisk().Should().Contain("Named").And.NotContainAny("Canary Nameday", "0917-555-0142", "ref-canary-1");
    }

    [Fact]
    public async Task Of_an_anonymous_reporter_nothing_is_kept()
    {
        await Post("Anonymous", anonymous: true, "Canary Nobody", "0917-555-0199", null);

        app.Stored("Anonymous").SealedReporter.Should().BeNull();
        app.Stored("Anonymous").IsAnonymous.Should().BeTrue();
        BytesOnDisk().Should().NotContainAny("Canary Nobody", "0917-555-0199");
    }

    [Fact]
    public async Task An_anonymous_reporters_reference_is_sealed_without_name_and_phone()
    {
        await Post("Anonymous with reference", anonymous: true, "Canary Hidden", "0917-555-0111", "ref-canary-2");

        Sealed.Open(app, "Anonymous with reference").Should().Be(new Reporter("ref-canary-2", null, null));
    }

    [Fact]
    public async Task Neither_answer_nor_log_repeats_who_reported()
    {
        using var answer = await Post("Discreet", anonymous: false, "Canary Discreet", "0917-555-0177", "ref-canary-3");

        (await answer.Content.ReadAsStringAsync()).Should().NotContainAny("Canary Discreet", "0917-555-0177", "ref-canary-3");
        app.Log.Mentioning("Canary Discreet", "0917-555-0177", "ref-canary-3", "Discreet").Should().BeEmpty();
        app.Log.Lines.Should().NotBeEmpty("the log is captured");
    }

    private async Task<HttpResponseMessage> Post(string title, bool anonymous, string name, string phone, string? reference)
    {
        var answer = await app.Client.Post(A.Report(title).With("is_anonymous", anonymous)
            .With("reporter_name", name).With("reporter_phone", phone).With("user_id", reference));
        ((int)answer.StatusCode).Should().Be(201);
        return answer;
    }

    /// <summary>Database, write-ahead log and whatever else the product keeps.</summary>
    private string BytesOnDisk()
    {
        var all = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(app.App.Storage, "*", SearchOption.AllDirectories))
            all.Append(TextOf(file));

        return all.ToString();
    }

    private static string TextOf(string file)
    {
        try
        {
            // What nobody may open beside the program has nothing in it.
            if (new FileInfo(file).Length == 0)
                return "";
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(open, Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (FileNotFoundException)
        {
            // It was there for a moment alone.
            return "";
        }
    }
}

/// <summary>Opens a stored reporter with the product's own keys.</summary>
internal static class Sealed
{
    public static Reporter? Open(LoggedApp app, string title)
    {
        var seal = app.App.Services.GetRequiredService<ReporterSeal>();
        return app.Stored(title).SealedReporter is { } bytes && seal.TryOpen(bytes, out var reporter) ? reporter : null;
    }
}
