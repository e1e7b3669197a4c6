using System.Net;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Data;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Security;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Reports;

/// <summary>The questions to the list that an officer keeps under a name.</summary>
[Collection(SecurityTests.Name)]
public sealed partial class SavedViewTests(LoggedApp running)
{
    private TestApp App => running.App;

    [Fact]
    public async Task A_view_is_kept_under_its_name_for_its_officer_alone_and_removed_by_them_alone()
    {
        using var officer = await App.SignedIn("officer.ps11");
        using var colleague = await App.SignedIn("admin.ps11");

        var page = await Keep(officer, "/reports?status=received&severity=high&nonsense=1", "Waiting <b>high</b>");

        page.Should().Contain("Waiting &lt;b&gt;high&lt;/b&gt;").And.Contain("href=\"/reports?status=received&amp;severity=high\"");
        (await officer.GetStringAsync("/reports")).Should().Contain("Waiting &lt;b&gt;high&lt;/b&gt;");
        (await colleague.GetStringAsync("/reports")).Should().NotContain("Waiting &lt;b&gt;high");
        var view = ViewsOf("officer.ps11").Should().ContainSingle().Which;

        (await Drop(colleague, view.Id)).Should().Be(HttpStatusCode.NotFound);
        ViewsOf("officer.ps11").Should().ContainSingle();
        (await Drop(officer, view.Id)).Should().Be(HttpStatusCode.Redirect);
        ViewsOf("officer.ps11").Should().BeEmpty();
        (await officer.PostAsync($"/reports/views/{view.Id}/remove", null)).StatusCode.Should().Be(HttpStatusCode.BadRequest, "without the form's token nothing is done");
    }

    [Fact]
    public async Task A_name_that_is_there_already_gets_the_new_filter_and_there_are_twenty_at_most()
    {
        using var officer = await App.SignedIn("officer.ps12");
        await Keep(officer, "/reports?status=received", "Mine");

        await Keep(officer, "/reports?severity=critical", "MINE");

        ViewsOf("officer.ps12").Should().ContainSingle().Which.Query.Should().Be("?severity=critical");
        for (var at = 1; at < SavedView.Most; at++)
            await Keep(officer, "/reports?period=today&text=" + at, $"View {at}");
        var page = await Keep(officer, "/reports?period=30d", "One too many");
        page.Should().Contain("You have 20 views");
        ViewsOf("officer.ps12").Should().HaveCount(SavedView.Most);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("12345678901234567890123456789012345678901")]
    public async Task A_name_that_is_none_is_refused_in_words(string name)
    {
        using var officer = await App.SignedIn("officer.ps13");

        (await Keep(officer, "/reports?status=received", name)).Should().Contain("1 to 40 letters");

        ViewsOf("officer.ps13").Should().BeEmpty();
    }

    private List<SavedView> ViewsOf(string account)
    {
        var officer = App.IdOf(account);
        using var db = App.Db();
        return [.. db.SavedViews.AsNoTracking().Where(view => view.OfficerId == officer)];
    }

    private static async Task<string> Keep(HttpClient officer, string address, string name)
    {
        var form = FormOf().Match(await officer.GetStringAsync(address));
        form.Success.Should().BeTrue("where something is asked for it can be kept");
        var fields = TestApp.HiddenFieldsOf(form.Value);
        fields["View.Name"] = name;
        using var answer = await officer.PostAsync(address, new FormUrlEncodedContent(fields));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpStatusCode> Drop(HttpClient officer, Guid view)
    {
        var fields = TestApp.HiddenFieldsOf(await officer.GetStringAsync("/account"));
        using var answer = await officer.PostAsync($"/reports/views/{view}/remove", new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = fields["__RequestVerificationToken"] }));
        return answer.StatusCode;
    }

    [GeneratedRegex("""<form class="keep-view".*?</form>""", RegexOptions.Singleline)]
    private static partial Regex FormOf();
}
