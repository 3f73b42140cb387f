namespace WorkflowStudio.Components.Shared.Browser;

/// <summary>
/// Light or dark, for one tab. The first byte has it from the cookie; from then on this and the document change together.
/// </summary>
public sealed class StudioTheme(BrowserStore browser)
{
    private bool known;

    /// <summary>It became light or dark.</summary>
    public event Action? Changed;

    public bool Dark { get; private set; }

    /// <summary>Takes what the page was drawn with.</summary>
    /// <param name="dark">What the cookie said; null on a first visit, when the browser may have chosen otherwise (theme.js).</param>
    public void Begin(bool? dark) => (Dark, known) = (dark is true, dark is not null);

    /// <summary>Asks the browser what it has chosen, where the page was drawn without knowing.</summary>
    public async Task AgreeAsync()
    {
        if (known) return;
        known = true;
        if (await browser.IsDarkAsync() != Dark) Become(!Dark);
    }

    public async Task ToggleAsync()
    {
        Become(!Dark);
        await browser.SetThemeAsync(Dark);
    }

    private void Become(bool dark)
    {
        (Dark, known) = (dark, true);
        Changed?.Invoke();
    }
}
