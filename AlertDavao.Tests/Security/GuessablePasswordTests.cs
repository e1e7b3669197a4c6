using AlertDavao.Dashboard.Accounts;

namespace AlertDavao.Tests.Security;

/// <summary>Which passwords are refused though they are long enough, and which are taken.</summary>
public sealed class GuessablePasswordTests
{
    private static readonly string[] Own = ["rosa.santos@alertdavao.test", "rosa.santos", "rosa", "santos"];

    [Theory]
    [InlineData("password1234")]
    [InlineData("qwertyuiop123")]
    [InlineData("P@ssword12345")]
    [InlineData("123456789012")]
    [InlineData("iloveyou1234")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aabaabaabaabaabaabaabaab")]
    [InlineData("letmeinletmeinletmein")]
    [InlineData("rosa.santos12")]
    [InlineData("RosaSantosRosaSantos")]
    public void What_is_on_lists_or_made_of_the_name_or_said_again_is_refused(string password)
        => GuessablePasswords.IsGuessable(password, Own).Should().BeTrue();

    [Theory]
    [InlineData("four quiet words here")]
    [InlineData("another four quiet words")]
    [InlineData("Davao-demo-2026!")]
    [InlineData("correct horse battery staple")]
    [InlineData("durian jeepney thunder willow")]
    [InlineData("rosa waits for jeepney thunder")]
    [InlineData("v7Kq2-mXw9z_Lr")]
    [InlineData("maulang umaga sa bundok ng Apo")]
    public void A_passphrase_is_taken(string password)
        => GuessablePasswords.IsGuessable(password, Own).Should().BeFalse();

    [Fact]
    public void The_longest_and_worst_take_a_moment()
    {
        GuessablePasswords.IsGuessable("the lists are read once", Own);
        foreach (var unit in new[] { "4@8({[<369|1!$5+7%20", "p4$$w0rd1!|7+({<[6%2", "!1!7!771i!t!|||ll11|l|1i!7|77|l777", "\u0130\ud83d", "1/1/91", "theonanditisa1" })
        {
            var since = TimeProvider.System.GetTimestamp();
            var judged = string.Concat(Enumerable.Repeat(unit, 256))[..256];
            GuessablePasswords.IsGuessable("x" + judged, Own);
            // Alone on a processor it is 0.16 s at most.
            TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(TimeSpan.FromSeconds(2), unit);
        }
    }
}
