namespace WorkflowStudio.Components.Shared.Browser;

/// <summary>The cookie that holds the theme, and what it says for each of the two. The browser writes it (browser.js, theme.js).</summary>
internal static class Cookies
{
    public const string Theme = "WsTheme";

    public const string LightTheme = "standard";

    public const string DarkTheme = "standard-dark";
}
