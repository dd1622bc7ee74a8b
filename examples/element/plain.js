import "credit-estimator/define";

const estimator = document.querySelector("credit-estimator");

const show = () => {
  document.getElementById("credits").value = estimator.estimate.totals.credits;
  document.getElementById("link").href = `?${estimator.value}`;
};

estimator.addEventListener("estimate", show);
if (location.search) estimator.value = location.search;
show();
