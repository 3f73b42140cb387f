using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace WorkflowStudio.Components.Shared.Pages;

/// <summary>
/// A page whose choices stand in its address, to be gone back to, kept and handed on: it is read anew whenever they change.
/// </summary>
/// <typeparam name="TQuery">The choices.</typeparam>
/// <typeparam name="T">All that the page shows.</typeparam>
public abstract class QueryPage<TQuery, T> : LivePage<T>
    where TQuery : class, IPageQuery<TQuery>
    where T : class
{
    private string path = "";

    /// <summary>What is chosen.</summary>
    protected TQuery Query { get; private set; } = TQuery.Of(AddressValues.None);

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    protected override Task OnParametersSetAsync()
    {
        Take();
        return base.OnParametersSetAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Navigation.LocationChanged -= Moved;
        base.Dispose(disposing);
    }

    /// <summary>The address of this page with other choices.</summary>
    protected string Address(TQuery query) => Navigation.GetUriWithQueryParameters(query.ToParameters());

    /// <summary>Makes other choices.</summary>
    protected void Go(TQuery query) => Navigation.NavigateTo(Address(query));

    private void Take() => (path, Query) = (PathOf(Navigation.Uri), TQuery.Of(AddressValues.Of(Navigation.Uri)));

    // the address of another page is told here, too, before this one is left
    private void Moved(object? sender, LocationChangedEventArgs args) => _ = BesideAsync(() => InvokeAsync(() =>
    {
        if (!string.Equals(PathOf(args.Location), path, StringComparison.OrdinalIgnoreCase)) return Task.CompletedTask;
        Take();
        StateHasChanged();
        return LoadAsync();
    }));

    private static string PathOf(string uri) => new Uri(uri).AbsolutePath.TrimEnd('/');
}
