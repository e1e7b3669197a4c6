using System.Text;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// One line of a CSV file (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe: what a
/// person typed is never calculated.
/// </summary>
internal static class CsvLine
{
    public static string Of(params IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string? text)
    {
        var cell = new StringBuilder("\"");
        if (text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..])
            cell.Append('\'');
        return cell.Append(text).Replace("\"", "\"\"", 1, cell.Length - 1).Append('"').ToString();
    }
}
