using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Intake;

/// <summary>What was typed is kept beside what is shown, and who reported is in neither.</summary>
[Collection(IntakeTests.Name)]
public sealed class OriginalTests(LoggedApp app)
{
    [Fact]
    public async Task What_was_typed_is_kept_and_what_is_shown_is_normalised()
    {
        const string Typed = "  Cafe\u0301 \u202erob\u200bbed\u202c\r\nagain Z\u0337\u0337\u0337\u0337\u0337\u0337 ";
        var report = A.Report(Typed).With("description", Typed).With("reporters_address", Typed).With("barangay", Typed)
            .With("crime_types", new[] { "Theft", "Cafe\u0301\u200b" })
            .With("reporter_name", "Canary Original").With("reporter_phone", "0917-555-0123").With("user_id", "ref-original");

        var data = await app.Client.Accepted(report);

        var id = data.GetProperty("report_id").GetGuid();
        await using var db = app.App.Db();
        var stored = await db.Reports.AsNoTracking().SingleAsync(one => one.Id == id);
        stored.Title.Should().Be("Caf\u00e9 robbed again Z\u0337\u0337\u0337\u0337");
        stored.Description.Should().Be("Caf\u00e9 robbed\nagain Z\u0337\u0337\u0337\u0337");
        new[] { stored.Address, stored.BarangayHint }.Should().OnlyContain(line => line == stored.Title);
        stored.CrimeTypes.Should().Equal("Theft", "Caf\u00e9");
        data.GetProperty("title").GetString().Should().Be(stored.Title);

        var original = await db.ReportOriginals.AsNoTracking().SingleAsync(one => one.ReportId == id);
        var fields = JsonSerializer.Deserialize<Dictionary<string, string>>(original.Fields)!;
        foreach (var field in new[] { "title", "description", "reporters_address", "barangay" })
            fields[field].Should().Be(Typed, field);
        fields["crime_types"].Should().Be("Theft\nCafe\u0301\u200b");
        fields["incident_date"].Should().Be((string)report["incident_date"]!);
        fields.Keys.Should().NotContain(["reporter_name", "reporter_phone", "user_id"]);
        original.Fields.Should().NotContainAny("Canary Original", "0917-555-0123", "ref-original");
        original.Sha256.Should().HaveCount(32);
    }

    [Fact]
    public async Task A_name_of_several_lines_is_one_line()
    {
        await app.Client.Accepted(A.Report("Named in lines").With("reporter_name", "Juan\r\ndela\u2028Cruz").With("reporter_phone", " 0917\n555 "));

        Sealed.Open(app, "Named in lines").Should().Be(new Dashboard.Data.Reporter(null, "Juan dela Cruz", "0917 555"));
    }
}
