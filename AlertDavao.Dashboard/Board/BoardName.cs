using System.Globalization;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Board;

/// <summary>What a board is called: "PS1" and "Sta. Ana", or "City" and "All stations".</summary>
internal readonly record struct BoardName(string Short, string Long)
{
    public string Whole => $"{Short} {Long}".Trim();

    public static BoardName Of(BoardScope? scope, CityBook city)
    {
        if (scope is null || scope.IsEmpty)
            return new(BoardTexts.NoStation, "");
        if (scope.IsCityDesk)
            return new(BoardTexts.CityShort, BoardTexts.CityDesk);
        if (scope.Logs.Length > 1)
            return new(string.Format(CultureInfo.CurrentCulture, BoardTexts.SeveralShort, scope.Logs.Length), "");

        return new(scope.Logs[0], city.Stations[scope.Logs[0]].ShortName);
    }
}
