using System.Net;
using System.Text.RegularExpressions;

namespace AlertDavao.Bench.Site;

/// <summary>Reads the sign-in form of a page as a browser would send it: every named input with its value.</summary>
internal static partial class LoginForm
{
    public const string Email = "Input.Email";
    public const string Password = "Input.Password";

    public static List<KeyValuePair<string, string>> Fill(string html, string email, string password)
    {
        foreach (Match form in Form().Matches(html))
        {
            var fields = new List<KeyValuePair<string, string>>();
            foreach (Match input in Input().Matches(form.Value))
            {
                var name = Attribute(input.Value, "name");
                if (name is null or Email or Password || IsUnchecked(input.Value)) continue;
                fields.Add(new(name, Attribute(input.Value, "value") ?? ""));
            }

            if (!form.Value.Contains($"name=\"{Password}\"", StringComparison.Ordinal)) continue;

            fields.Add(new(Email, email));
            fields.Add(new(Password, password));
            return fields;
        }

        throw new BenchException("The sign-in page has no form with Input.Email and Input.Password.");
    }

    /// <summary>A browser sends a check box only when it is ticked.</summary>
    private static bool IsUnchecked(string input) =>
        Attribute(input, "type") is "checkbox" or "radio" && !input.Contains(" checked", StringComparison.OrdinalIgnoreCase);

    private static string? Attribute(string tag, string name)
    {
        foreach (Match attribute in Attributes().Matches(tag))
        {
            if (attribute.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))
                return WebUtility.HtmlDecode(attribute.Groups["value"].Value);
        }

        return null;
    }

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Form();

    [GeneratedRegex("<input\\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Input();

    [GeneratedRegex("\\s(?<name>[\\w:.-]+)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Attributes();
}
