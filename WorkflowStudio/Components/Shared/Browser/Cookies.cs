namespace WorkflowStudio.Components.Shared.Browser;

/// <summary>The cookie that holds the theme, and the names of the two themes. Radzen's theme service writes it.</summary>
internal static class Cookies
{
    public const string Theme = "WsTheme";

    public const string LightTheme = "standard";

    public const string DarkTheme = "standard-dark";
}
